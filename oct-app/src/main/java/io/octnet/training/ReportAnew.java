package io.octnet.training;

import io.octnet.UserException;
import io.octnet.catalogue.ScanLocator;
import io.octnet.explain.ScanExplainer;
import io.octnet.images.BitDepth;
import io.octnet.images.ScanRef;
import io.octnet.prediction.Asked;
import io.octnet.prediction.TrainedModel;
import io.octnet.report.Report;
import io.octnet.report.ScanThumbnails;
import io.octnet.runs.Checksums;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.split.SplitCsv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report of a run that has ended, from what its folder holds. */
public final class ReportAnew {
  private ReportAnew() {}

  /**
   * Writes it, and its checksums; those of all other files stay as they were.
   *
   * @return what the user should know
   * @throws UserException when the run has not ended, or a file is damaged
   */
  public static List<String> of(RunFolder run) {
    RunRecord.Status status = RunRecord.status(run);
    if (status != RunRecord.Status.FINISHED) {
      throw new UserException(
          run + " is " + status.text() + ", it has no results yet; go on with it: train --resume");
    }
    List<String> said = new ArrayList<>();
    List<String> notes = RunRecord.read(run).map(RunRecord::notes).orElse(List.of());
    if (notes.isEmpty()) {
      said.add("the run does not say what the audit of its data found; the report has no notes");
    }
    Map<String, ScanRef> places = places(run);
    if (places.isEmpty()) {
      said.add("the run's data are gone; the report has no pictures of scans");
    }
    TrainedModel best = TrainedModel.load(run.path(), Asked.NOTHING);
    try (ScanExplainer explainer = new ScanExplainer(best, BitDepth.BITS_16)) {
      Report.write(run, notes, new ScanThumbnails(places, explainer)).ifPresent(said::add);
    }
    Checksums.renew(run, List.of(Report.PAGE, Report.CARD, Report.EVENTS, Report.PLOTS + "/"));
    return said;
  }

  /** Only scans that are the same files as they were. */
  private static Map<String, ScanRef> places(RunFolder run) {
    Map<String, ScanRef> places = new HashMap<>();
    String given = run.config().get("data");
    Path data =
        given == null
            ? Phantoms.folder(Path.of(run.config().getOrDefault("out", "runs")))
            : Path.of(given);
    if (!Files.exists(data)) {
      return places;
    }
    ScanLocator locator = new ScanLocator(data);
    for (SplitCsv.Row row : SplitCsv.rows(run.file(RunFolder.SPLIT))) {
      locator
          .find(row.file(), row.sha256())
          .filter(at -> locator.sha256(at.file()).filter(row.sha256()::equals).isPresent())
          .ifPresent(at -> places.put(row.file(), at));
    }
    return places;
  }
}
