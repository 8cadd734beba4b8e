package io.octnet.cli;

import io.octnet.runs.Json;
import io.octnet.text.Text;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: where they write. */
abstract class OctCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILURE = 1;
  static final int GATE = 3;

  @Spec CommandSpec spec;

  final Console console() {
    return ((Octnet) spec.root().userObject()).console();
  }

  /**
   * Prints a result, a line or several; a name in several lines must be {@link Text#visible}.
   *
   * @throws Output.Lost when it cannot be written
   */
  final void print(String text) {
    console().print(text);
  }

  /** Prints the one JSON object of {@code --json}. */
  final void printJson(Object result) {
    print(Json.text(result));
  }
}
