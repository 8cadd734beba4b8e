package io.octnet.report;

import io.octnet.runs.RunFolder;
import java.util.List;

/** Writes what people read of a finished run. */
public final class Report {
  public static final String PAGE = "report.html";
  public static final String CARD = "model-card.md";
  public static final String PLOTS = "plots";

  /** Begins those notes that the audit of the data made. */
  public static final String AUDIT = "audit: ";

  private Report() {}

  /**
   * Writes the page, the plots, TensorBoard's events and the model card into a run whose metrics
   * and predictions are written.
   *
   * @param notes what was said of the data before training
   */
  public static void write(RunFolder run, List<String> notes, Thumbnails thumbnails) {
    RunResult result = RunResult.read(run, notes);
    run.write(EventFile.NAME, EventFile.of(result.history()));
    run.makeFolder(PLOTS);
    Plots.of(result).forEach((name, png) -> run.write(PLOTS + "/" + name, png));
    run.write(CARD, ModelCard.of(result));
    run.write(PAGE, Page.of(result, thumbnails));
  }
}
