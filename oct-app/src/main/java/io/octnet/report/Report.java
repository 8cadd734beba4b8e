package io.octnet.report;

import io.octnet.UserException;
import io.octnet.runs.AtomicFiles;
import io.octnet.runs.History;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what people read of a run: while it runs, and once it has ended. */
public final class Report {
  public static final String PAGE = "report.html";
  public static final String CARD = "model-card.md";
  public static final String PLOTS = "plots";
  public static final String EVENTS = EventFile.NAME;

  /** Begins those notes that the audit of the data made. */
  public static final String AUDIT = "audit: ";

  private Report() {}

  /**
   * Writes the page, the plots, TensorBoard's events and the model card into a run whose metrics
   * and predictions are written. Plots are an ornament: where none can be drawn the rest is written
   * all the same.
   *
   * @param notes what was said of the data before training
   * @return why there are no plots; empty when there are
   */
  public static Optional<String> write(RunFolder run, List<String> notes, Thumbnails thumbnails) {
    RunResult result = RunResult.read(run, notes);
    writeIfChanged(run, EVENTS, EventFile.of(result.history()));
    run.write(CARD, ModelCard.of(result));
    run.write(PAGE, Page.of(result, thumbnails));
    Optional<String> undrawable = undrawable();
    if (undrawable.isEmpty()) {
      Map<String, byte[]> plots = Plots.of(result);
      run.makeFolder(PLOTS);
      plots.forEach((name, png) -> run.write(PLOTS + "/" + name, png));
    }
    return undrawable;
  }

  /** Why plots cannot be drawn on this machine; empty where they can. */
  public static Optional<String> undrawable() {
    try {
      Plots.tryFonts();
      return Optional.empty();
    } catch (RuntimeException | InternalError | LinkageError e) {
      return Optional.of(
          "no plots as PNG: nothing can be drawn here ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason")
              + "); install fonts and fontconfig, then make the report anew");
    }
  }

  /** Shows a training that begins, or goes on after these epochs. */
  public static void begin(RunFolder run, int epoch, int epochs) {
    History history = epoch == 0 ? new History(List.of()) : history(run);
    writeIfChanged(run, EVENTS, EventFile.of(history));
    run.write(PAGE, RunningPage.of(run, RunRecord.Status.RUNNING, history, epochs));
  }

  /** Shows one epoch more, which the history has. Events are appended, as TensorBoard wants it. */
  public static void epochDone(RunFolder run, int epochs) {
    History history = history(run);
    try {
      Files.write(run.file(EVENTS), EventFile.last(history), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserException(
          "cannot write " + run.file(EVENTS) + " (" + AtomicFiles.reason(e) + ")", e);
    }
    run.write(PAGE, RunningPage.of(run, RunRecord.Status.RUNNING, history, epochs));
  }

  /** Shows a training that ended before it finished. */
  public static void stopped(RunFolder run, RunRecord.Status status, int epochs) {
    run.write(PAGE, RunningPage.of(run, status, history(run), epochs));
  }

  private static History history(RunFolder run) {
    boolean there = Files.exists(run.file(RunFolder.HISTORY));
    return there ? History.read(run.file(RunFolder.HISTORY)) : new History(List.of());
  }

  /** A reader that follows a file loses one that is replaced. */
  private static void writeIfChanged(RunFolder run, String name, byte[] bytes) {
    try {
      if (Files.exists(run.file(name))
          && Arrays.equals(Files.readAllBytes(run.file(name)), bytes)) {
        return;
      }
    } catch (IOException e) {
      // it is written anew
    }
    run.write(name, bytes);
  }
}
