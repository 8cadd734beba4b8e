package io.octnet.cli;

import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import io.octnet.training.ReportAnew;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes what people read of a run anew. */
@Command(
    name = "report",
    description = {
      "Makes a run's report, plots and model card anew from its folder alone.",
      "Where its data are gone the report has no pictures of scans.",
    },
    footer = {"", "Example: octnet report runs/train-cnn3-1"})
final class ReportCommand extends OctCommand {
  @Parameters(paramLabel = "RUN", description = "A run folder that has ended.")
  Path path;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions backend;

  private record Result(String run, String report, List<String> notes) {}

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.openLocked(path);
        BackendOptions.InUse used = backend.use()) {
      List<String> notes = ReportAnew.of(run);
      notes.forEach(note -> console().line("note: " + note));
      Path page = run.file(io.octnet.report.Report.PAGE);
      if (json) {
        printJson(new Result(run.toString(), page.toString(), notes));
      } else {
        print(Text.format("report: %s", page));
      }
      return DONE;
    }
  }
}
