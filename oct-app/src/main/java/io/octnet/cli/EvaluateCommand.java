package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.MetricsJson;
import io.octnet.evaluation.MetricsTable;
import io.octnet.images.PixelSink;
import io.octnet.prediction.Asked;
import io.octnet.prediction.RunEvaluation;
import io.octnet.prediction.TrainedModel;
import io.octnet.prediction.TrainedOn;
import io.octnet.runs.Reading;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.text.Text;
import io.octnet.training.Phantoms;
import io.octnet.zoo.FineTune;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How good a run's best weights are. */
@Command(
    name = "evaluate",
    description = {
      "Scores a run's best weights, on its own test scans or on those of another folder.",
      "Refuses a folder with patients or files that the run was trained on, exit code 3.",
    },
    footer = {"", "Example: octnet evaluate runs/train-cnn3-1 --data other-hospital"})
final class EvaluateCommand extends OctCommand {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path path;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with a folder of scans for each class. Default: the run's test scans.")
  Path data;

  @Option(
      names = "--allow-leak",
      description = "Score scans that were trained on, too, and stamp the result LEAKY.")
  boolean allowLeak;

  @Option(
      names = "--patient-regex",
      paramLabel = "REGEX",
      description = "Finds the patient in a file name of --data, by its group. Default: the run's.")
  String patientRegex;

  @Option(
      names = "--labels",
      paramLabel = "FILE.csv",
      description = "A table of the classes of --data. Default: its folders say the classes.")
  Path labels;

  @Option(names = "--json", description = "Print one JSON object, as metrics.json has it.")
  boolean json;

  @Mixin BackendOptions backend;

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.open(path);
        BackendOptions.InUse used = backend.use()) {
      TrainedModel trained = TrainedModel.load(path, Asked.NOTHING);
      RunEvaluation scores =
          new RunEvaluation(
              run, trained, backend.threads(), done -> console().running("predicting: " + done));
      boolean leaky = recordedLeaky(run);
      Evaluation evaluation;
      if (data == null) {
        evaluation = scores.ownTest(ownData(run));
      } else {
        Catalogue catalogue = catalogue(run);
        TrainedOn seen = scores.trainedOn(catalogue);
        check(seen);
        leaky = seen.any();
        evaluation = scores.other(catalogue);
      }
      console().erase();
      show(run, trained, leaky, evaluation);
      return DONE;
    }
  }

  private static boolean recordedLeaky(RunFolder run) {
    Path metrics = run.file(RunFolder.METRICS);
    return RunRecord.read(run).map(RunRecord::leaky).orElse(false)
        || Files.exists(metrics) && MetricsJson.read(metrics).subject().leaky();
  }

  private Path ownData(RunFolder run) {
    String folder = run.config().get("data");
    if (folder != null && !folder.isEmpty()) {
      return Path.of(folder);
    }
    String runs = run.config().getOrDefault("out", "runs");
    return Phantoms.in(Path.of(runs), backend.threads(), console());
  }

  private Catalogue catalogue(RunFolder run) {
    Reading own = Reading.of(run.config());
    String regex = patientRegex == null ? own.patientRegex() : patientRegex;
    CatalogueOptions options =
        new Reading(regex, labels, own.depth(), own.pseudonymize())
            .options()
            .withMinimumClasses(1)
            .withThreads(backend.threads());
    Catalogue catalogue =
        CatalogueReader.read(
            data, options, PixelSink.NONE, console().stage("reading images")::update);
    catalogue
        .leftOut()
        .forEach(file -> console().line("left out: " + file.file() + ": " + file.reason()));
    if (catalogue.scansWithoutPatient() > 0) {
      console()
          .line(
              Text.format(
                  "patients unknown of %d scans: whether they were trained on is known by their bytes alone",
                  catalogue.scansWithoutPatient()));
    }
    return catalogue;
  }

  private void check(TrainedOn seen) {
    if (!seen.any()) {
      return;
    }
    if (!allowLeak) {
      throw new UserException(
          seen
              + "; their scores would flatter: give scans of other patients, or --allow-leak, which stamps the result LEAKY",
          UserException.GATE,
          null);
    }
    console().line("LEAKY: " + seen);
  }

  private void show(RunFolder run, TrainedModel trained, boolean leaky, Evaluation evaluation) {
    Map<String, String> config = run.config();
    if (config.get("fine-tune") != null) {
      FineTune.of(config.get("fine-tune")).apply(trained.info().network(), trained.model());
    }
    String split = config.getOrDefault("split", "file");
    if (json) {
      MetricsJson.Subject subject =
          new MetricsJson.Subject(
              trained.info().network().id(),
              trained.model().parameterCount(),
              trained.model().trainableParameterCount(),
              split,
              leaky);
      print(MetricsJson.text(subject, evaluation).stripTrailing());
      return;
    }
    if (leaky) {
      print("LEAKY: patients or pictures of these scans were trained on; the scores flatter");
    }
    print(Text.visible("run:  " + run));
    print(Text.visible("data: " + (data == null ? "the run's test scans" : data)));
    print(MetricsTable.text(evaluation, leaky));
  }
}
