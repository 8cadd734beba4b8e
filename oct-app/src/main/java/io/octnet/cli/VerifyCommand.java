package io.octnet.cli;

import io.octnet.evaluation.Verification;
import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether a run is still what it was. */
@Command(
    name = "verify",
    description = {
      "Checks a run: every file against its recorded SHA-256, the split against the data, and the",
      "metrics against the predictions. Exit code 3 when something differs.",
    },
    footer = {"", "Example: octnet verify runs/train-cnn3-1"})
final class VerifyCommand extends OctCommand {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() {
    try (RunFolder folder = RunFolder.open(run)) {
      Verification found = Verification.of(folder);
      boolean well = found.differences().isEmpty();
      found.notes().forEach(note -> console().line("note: " + note));
      if (json) {
        printJson(found);
      } else {
        found.differences().forEach(line -> print(Text.visible(line)));
        print(
            well
                ? Text.visible("ok: " + run)
                : Text.format("%d differences", found.differences().size()));
      }
      return well ? DONE : GATE;
    }
  }
}
