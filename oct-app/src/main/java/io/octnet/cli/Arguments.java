package io.octnet.cli;

import io.octnet.runs.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What must be known of the arguments before they are parsed. */
final class Arguments {
  private Arguments() {}

  /** Whether {@code --verbose} is among them. */
  static boolean verbose(String... args) {
    return List.of(args).contains("--verbose");
  }

  /** The file whose options are defaults of the others: of {@code --config}, or of a run. */
  static Optional<String> config(String... args) {
    return value("--config", args).or(() -> value("--resume", args).map(Arguments::configOf));
  }

  private static String configOf(String run) {
    return RunFolder.open(Path.of(run)).file(RunFolder.CONFIG).toString();
  }

  private static Optional<String> value(String option, String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(option + "=")) {
        return Optional.of(args[i].substring(option.length() + 1));
      }
      if (args[i].equals(option) && i + 1 < args.length) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }
}
