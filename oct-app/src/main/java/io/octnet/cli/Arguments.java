package io.octnet.cli;

import java.util.List;
import java.util.Optional;

/** What must be known of the arguments before they are parsed. */
final class Arguments {
  private Arguments() {}

  /** Whether {@code --verbose} is among them. */
  static boolean verbose(String... args) {
    return List.of(args).contains("--verbose");
  }

  /** The value of {@code --config}: its options are defaults of the others. */
  static Optional<String> config(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--config=")) {
        return Optional.of(args[i].substring("--config=".length()));
      }
      if (args[i].equals("--config") && i + 1 < args.length) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }
}
