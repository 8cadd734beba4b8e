package io.octnet.cli;

import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.MetricsJson;
import io.octnet.evaluation.Referral;
import io.octnet.evaluation.Unit;
import io.octnet.images.Preprocess;
import io.octnet.images.ScanRef;
import io.octnet.prediction.Asked;
import io.octnet.prediction.FilePredictions;
import io.octnet.prediction.FoundScans;
import io.octnet.prediction.TrainedModel;
import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import io.octnet.training.Stage;
import io.octnet.zoo.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a trained network says of image files. */
@Command(
    name = "predict",
    description = {
      "Predicts images: one row a file, CSV or JSON.",
      "referral: whether p(CNV) + p(DME) reaches the threshold that the run chose on its validation"
          + " scans, 0.5 where it chose none.",
      "A file that cannot be read gets a row with its error; the others go on, and the exit code"
          + " is 1.",
    },
    footer = {"", "Example: octnet predict runs/train-cnn3-1 scan.jpeg folder/"})
final class PredictCommand extends OctCommand {
  /** Findings that need a specialist soon; drusen and healthy eyes are seen at the next visit. */
  private static final List<String> REFERRED = List.of("CNV", "DME");

  /** Where no run says better. */
  private static final double THRESHOLD = 0.5;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL.keras|WEIGHTS.h5",
      description =
          "A run folder (its best weights), a model of Keras's with its own architecture, or a"
              + " weight file.")
  Path runOrFile;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Images, and folders of images.")
  List<Path> files;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The network of a weight file that does not say it itself.")
  Network network;

  @Option(
      names = "--image-size",
      paramLabel = "PX",
      description = "Its image size. Default: the file's own, else 224.")
  Integer imageSize;

  @Option(
      names = "--preprocess",
      paramLabel = "none|div255|caffe|torch",
      description =
          "What is done to pixels before it. Default: div255; a model of Keras's is asked for it,"
              + " or takes none if it scales pixels itself.")
  Preprocess preprocess;

  @Option(
      names = "--classes",
      paramLabel = "A,B,...",
      split = ",",
      description =
          "Its classes in their order. Default: CNV,DME,DRUSEN,NORMAL for a network that is named;"
              + " a model of Keras's is asked for them.")
  List<String> classes;

  @Option(
      names = "--by",
      paramLabel = "scan|volume|eye",
      defaultValue = "scan",
      description =
          "One row a scan; or one a volume or eye where files say which scans belong together: "
              + Unit.RULE
              + ". Default: scan. JSON has all.")
  By by;

  /** What a row is of. */
  enum By {
    scan,
    volume,
    eye
  }

  @Mixin BackendOptions backend;

  /** A row of the JSON object. */
  private record Prediction(
      String file,
      String predicted,
      Map<String, Float> probabilities,
      Boolean referral,
      String error) {}

  private record Result(
      String weights,
      List<String> classes,
      double referralThreshold,
      List<Prediction> predictions,
      List<UnitRows.Row> volumes,
      List<UnitRows.Row> eyes) {}

  @Override
  public Integer call() {
    Asked asked = new Asked(network, imageSize, preprocess, classes);
    try (BackendOptions.InUse used = backend.use()) {
      TrainedModel trained = TrainedModel.load(runOrFile, asked);
      FoundScans found = FoundScans.of(files);
      found.notes().forEach(console()::line);
      List<ScanRef> expanded = found.scans();
      List<String> names = trained.info().classes();
      double threshold = threshold();
      List<Prediction> rows = new ArrayList<>();
      Stage stage = console().stage("predicting");
      UnitRows units = new UnitRows(evaluation(), names, REFERRED, threshold);
      boolean rowsOfScans = !json && by == By.scan;
      if (rowsOfScans) {
        print(CsvLine.of(header(names)));
      }
      new FilePredictions(trained, backend.threads())
          .predict(
              expanded,
              row -> {
                Prediction prediction = prediction(row, names, threshold);
                rows.add(prediction);
                units.add(row);
                if (rowsOfScans) {
                  print(CsvLine.of(cells(prediction, names)));
                }
                stage.update(rows.size(), expanded.size());
              });
      console().erase();
      if (json) {
        printJson(
            new Result(
                trained.weights().toString(),
                names,
                threshold,
                rows,
                units.of(Unit.Kind.VOLUME),
                units.of(Unit.Kind.EYE)));
      } else {
        printUnits(units);
      }
      long damaged = rows.stream().filter(row -> row.error != null).count();
      if (damaged > 0) {
        console()
            .line(Text.format("octnet: %d of %d files could not be read", damaged, rows.size()));
      }
      return damaged > 0 ? FAILURE : DONE;
    }
  }

  private static Prediction prediction(
      FilePredictions.Row row, List<String> names, double threshold) {
    String file = row.name();
    if (row.error() != null) {
      return new Prediction(file, null, null, null, row.error());
    }
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      probabilities.put(names.get(c), row.probabilities()[c]);
    }
    boolean known = UnitRows.isAsked(REFERRED, names);
    Boolean referral =
        known ? REFERRED.stream().mapToDouble(probabilities::get).sum() >= threshold : null;
    return new Prediction(file, names.get(row.likeliest()), probabilities, referral, null);
  }

  /** Rows of volumes or eyes; or, where there are any and rows were of scans, how to have them. */
  private void printUnits(UnitRows units) {
    if (by == By.scan) {
      int volumes = units.of(Unit.Kind.VOLUME).size();
      if (volumes > 0) {
        console().line(Text.format("%d volumes; --by volume gives a row of each", volumes));
      }
      return;
    }
    Unit.Kind kind = by == By.volume ? Unit.Kind.VOLUME : Unit.Kind.EYE;
    List<UnitRows.Row> rows = units.of(kind);
    print(CsvLine.of(units.header(kind)));
    rows.forEach(row -> print(CsvLine.of(row.cells())));
    console().line("each " + by + ": " + Unit.RULE);
    if (rows.isEmpty()) {
      console().line("no file says of which " + by + " its scans are");
    }
  }

  /** Of the run; null for a weight file alone, or a run that has not ended. */
  private Evaluation evaluation() {
    Path run = Files.isDirectory(runOrFile) ? runOrFile : runOf(runOrFile);
    if (run == null) {
      return null;
    }
    Path metrics = run.resolve(RunFolder.METRICS);
    return Files.exists(metrics) ? MetricsJson.read(metrics).evaluation() : null;
  }

  /** The run whose best weights a file is; null where it is another file. */
  private static Path runOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean best = file.endsWith(RunFolder.BEST) && Files.exists(folder.resolve(RunFolder.CONFIG));
    return best ? folder : null;
  }

  /** The operating point of the run's report, where it has one. */
  private double threshold() {
    Evaluation evaluation = evaluation();
    if (evaluation == null) {
      return THRESHOLD;
    }
    return evaluation.parts().values().stream()
        .map(Metrics::referral)
        .filter(referral -> referral != null && referral.threshold() != null)
        .findFirst()
        .map(Referral::threshold)
        .orElse(THRESHOLD);
  }

  private static List<String> header(List<String> names) {
    List<String> cells = new ArrayList<>(List.of("file", "predicted"));
    names.forEach(name -> cells.add("p_" + name));
    cells.addAll(List.of("referral", "error"));
    return cells;
  }

  private static List<String> cells(Prediction row, List<String> names) {
    List<String> cells = new ArrayList<>();
    cells.add(row.file);
    cells.add(Objects.requireNonNullElse(row.predicted, ""));
    for (String name : names) {
      cells.add(row.probabilities == null ? "" : row.probabilities.get(name).toString());
    }
    cells.add(row.referral == null ? "" : row.referral ? "yes" : "no");
    cells.add(Objects.requireNonNullElse(row.error, ""));
    return cells;
  }
}
