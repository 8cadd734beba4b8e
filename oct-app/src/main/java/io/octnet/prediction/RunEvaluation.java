package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.catalogue.ScanLocator;
import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.PredictionsCsv;
import io.octnet.images.ScanRef;
import io.octnet.runs.RunFolder;
import io.octnet.split.Part;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Scores of a run's best weights, computed anew from the scans. */
public final class RunEvaluation {
  private static final String VALIDATION = Part.VALIDATION.csvName();
  private static final String TEST = Part.TEST.csvName();

  private final RunFolder run;
  private final TrainedModel trained;
  private final int threads;
  private final IntConsumer progress;

  /**
   * @param trained the run's best weights
   * @param progress receives how many scans are done
   */
  public RunEvaluation(RunFolder run, TrainedModel trained, int threads, IntConsumer progress) {
    this.run = run;
    this.trained = trained;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * The run's own test scans; temperature and threshold are chosen on its validation scans.
   *
   * @param data the folder that the run was trained on
   * @throws UserException when a scan is missing, damaged, or another one than it was
   */
  public Evaluation ownTest(Path data) {
    if (!Files.exists(data)) {
      throw new UserException(
          Text.format(
              "the run's data are not in %s any more; bring them back, or give other scans: --data",
              data));
    }
    List<SplitCsv.Row> rows =
        SplitCsv.rows(run.file(RunFolder.SPLIT)).stream()
            .filter(row -> row.part() != Part.TRAIN)
            .toList();
    ScanLocator locator = new ScanLocator(data);
    List<ScanRef> files = rows.stream().map(row -> unchanged(locator, data, row)).toList();
    List<FilePredictions.Row> said = predict(files);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      SplitCsv.Row row = rows.get(i);
      predictions.add(
          new Prediction(
              row.file(),
              row.patient(),
              row.eye(),
              row.volume(),
              row.part().csvName(),
              label(row.className()),
              probabilities(said.get(i)),
              Double.NaN));
    }
    return test(predictions);
  }

  /**
   * Other scans; temperature and threshold are those that the run's own validation scans gave.
   *
   * @param data folders named like classes of the run
   */
  public Evaluation other(Catalogue data) {
    List<Prediction> predictions = new ArrayList<>();
    if (Files.exists(run.file(RunFolder.PREDICTIONS))) {
      PredictionsCsv.read(run.file(RunFolder.PREDICTIONS)).rows().stream()
          .filter(row -> row.split().equals(VALIDATION))
          .forEach(predictions::add);
    }
    List<Integer> labels = data.classes().stream().map(this::label).toList();
    List<FilePredictions.Row> said = predict(data.scans().stream().map(Scan::at).toList());
    for (int i = 0; i < said.size(); i++) {
      Scan scan = data.scans().get(i);
      predictions.add(
          new Prediction(
              scan.file(),
              scan.patient(),
              scan.facts().eye(),
              scan.facts().volume(),
              TEST,
              labels.get(scan.label()),
              probabilities(said.get(i)),
              Double.NaN));
    }
    return test(predictions);
  }

  /** What of other data the run was trained on. */
  public TrainedOn trainedOn(Catalogue data) {
    return TrainedOn.of(SplitCsv.rows(run.file(RunFolder.SPLIT)), data);
  }

  private Evaluation test(List<Prediction> predictions) {
    long seed = Long.parseLong(run.config().getOrDefault("seed", "42"));
    Evaluation all = Evaluation.of(predictions, trained.info().classes(), seed);
    if (!all.parts().containsKey(TEST)) {
      throw new UserException("the run " + run + " has no test scans; give some: --data");
    }
    return all.only(TEST);
  }

  private List<FilePredictions.Row> predict(List<ScanRef> files) {
    List<FilePredictions.Row> rows = new ArrayList<>();
    new FilePredictions(trained, threads)
        .predict(
            files,
            row -> {
              rows.add(row);
              progress.accept(rows.size());
            });
    return rows;
  }

  private static double[] probabilities(FilePredictions.Row row) {
    if (row.error() != null) {
      throw new UserException(row.file() + ": " + row.error());
    }
    double[] p = new double[row.probabilities().length];
    for (int c = 0; c < p.length; c++) {
      p[c] = row.probabilities()[c];
    }
    return p;
  }

  private static ScanRef unchanged(ScanLocator locator, Path data, SplitCsv.Row row) {
    ScanRef scan =
        locator
            .find(row.file(), row.sha256())
            .orElseThrow(
                () ->
                    new UserException(
                        Text.format(
                            "%s is missing in %s; the run was tested on it", row.file(), data)));
    String hash =
        locator
            .sha256(scan.file())
            .orElseThrow(() -> new UserException(scan.file() + " cannot be read"));
    if (!hash.equals(row.sha256())) {
      throw new UserException(scan.file() + " is another file than the run was tested on");
    }
    return scan;
  }

  private int label(String className) {
    int label = trained.info().classes().indexOf(className);
    if (label < 0) {
      throw new UserException(
          Text.format(
              "the run knows the classes %s, not '%s'; expected folders of these names",
              String.join(", ", trained.info().classes()), className));
    }
    return label;
  }
}
