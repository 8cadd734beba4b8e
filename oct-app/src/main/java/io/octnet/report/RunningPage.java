package io.octnet.report;

import io.octnet.runs.History;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.text.Text;
import java.util.List;

/** {@code report.html} of a run that has not finished: its history so far; see running.jte. */
record RunningPage(String title, String progress, History history) {
  static final List<String> COLUMNS =
      List.of("epoch", "loss", "accuracy", "validation loss", "validation accuracy");

  /** The text of the file. */
  static String of(RunFolder run, RunRecord.Status status, History history, int epochs) {
    String title = Text.format("%s: %s", run.path().getFileName(), status.text());
    String progress =
        Text.format(
            "%d of at most %d epochs are done. While the run is running this page is made anew after each: load it again. When it has finished this becomes its report.",
            history.epochs().size(), epochs);
    return Pages.render("running", new RunningPage(title, progress, history));
  }

  List<List<String>> rows() {
    return history.epochs().stream()
        .map(
            e ->
                List.of(
                    "" + e.epoch(),
                    Page.number(e.loss()),
                    Page.number(e.accuracy()),
                    Page.number(known(e.valLoss())),
                    Page.number(known(e.valAccuracy()))))
        .toList();
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
