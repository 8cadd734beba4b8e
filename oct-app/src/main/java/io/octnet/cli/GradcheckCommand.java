package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.gradcheck.GradCheckTable;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Analytic against numeric gradients. */
@Command(
    name = "gradcheck",
    description = "Compares each op's analytic gradients with numeric ones.",
    footer = {"", "Example: octnet gradcheck --op conv2d", "Exit code 3 when one differs."})
final class GradcheckCommand extends OctCommand {
  @Option(names = "--op", paramLabel = "NAME", description = "Only this op.")
  String op;

  @Option(
      names = "--shapes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Draws of shapes for each op. Default: ${DEFAULT-VALUE}.")
  int shapes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "What the draws derive from. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions backend;

  private record Result(boolean passed, List<GradCheckTable.Row> ops) {}

  @Override
  public Integer call() {
    List<String> names = GradCheckTable.names();
    if (op != null && !names.contains(op)) {
      throw UserException.usage(
          Text.format("unknown op '%s'; expected one of %s", op, String.join(", ", names)));
    }
    if (shapes < 1) {
      throw UserException.usage("--shapes is " + shapes + "; expected 1 or more");
    }
    try (BackendOptions.InUse used = backend.use()) {
      return check(op == null ? names : List.of(op));
    }
  }

  private int check(List<String> names) {
    List<GradCheckTable.Row> rows = new ArrayList<>();
    if (!json) {
      print(GradCheckTable.header());
    }
    for (String name : names) {
      console().running(name);
      GradCheckTable.Row row = GradCheckTable.row(name, shapes, seed);
      console().erase();
      rows.add(row);
      if (!json) {
        print(row.toString());
      }
    }
    boolean passed = rows.stream().allMatch(GradCheckTable.Row::passed);
    if (json) {
      printJson(new Result(passed, rows));
    }
    return passed ? DONE : GATE;
  }
}
