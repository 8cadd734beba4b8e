package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.comparison.ListedRun;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs of a folder. */
@Command(
    name = "runs",
    description = {
      "Lists run folders: model, data, split, status, date, epochs, test scores with intervals.",
      "A run that says it is running although no process has it was killed: interrupted.",
    },
    footer = {"", "Example: octnet runs --sort accuracy"})
final class RunsCommand extends OctCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where run folders lie. Default: ${DEFAULT-VALUE}.")
  Path folder;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      defaultValue = "run",
      description = "The column to sort by; scores from the best. Default: ${DEFAULT-VALUE}.")
  String sort;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  private record Result(List<ListedRun> runs) {}

  @Override
  public Integer call() {
    if (!ListedRun.COLUMNS.contains(sort)) {
      throw UserException.usage(
          "--sort is '" + sort + "'; expected one of " + String.join(", ", ListedRun.COLUMNS));
    }
    List<ListedRun> runs = ListedRun.in(folder, sort);
    if (json) {
      printJson(new Result(runs));
    } else if (runs.isEmpty()) {
      print("no runs in " + folder);
    } else {
      print(ListedRun.table(runs));
    }
    return DONE;
  }
}
