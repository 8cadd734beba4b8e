package io.octnet.cli;

import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the application's command line inside the test. */
final class Cli {
  private Cli() {}

  /** What came of it. */
  record Result(int code, String out, String err) {
    /** The one line of an error. */
    String complaint() {
      return err.strip();
    }
  }

  static Result run(Object... args) {
    return with(Map.of(), args);
  }

  static Result with(Map<String, String> environment, Object... args) {
    return on(Terminal.NONE, environment, args);
  }

  static Result on(Terminal terminal, Map<String, String> environment, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(out, err, terminal);
    int code =
        new Octnet(console, environment)
            .run(Stream.of(args).map(String::valueOf).toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }
}
