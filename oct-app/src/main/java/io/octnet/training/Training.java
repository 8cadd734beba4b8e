package io.octnet.training;

import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.MetricsJson;
import io.octnet.explain.ScanExplainer;
import io.octnet.images.BitDepth;
import io.octnet.images.ScanRef;
import io.octnet.models.Model;
import io.octnet.prediction.Predictions;
import io.octnet.prediction.TrainedModel;
import io.octnet.report.Report;
import io.octnet.report.ScanThumbnails;
import io.octnet.runs.Checksums;
import io.octnet.runs.Machine;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Leaks;
import io.octnet.split.Part;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** Trains a network as a configuration says, and writes its run folder. */
public final class Training {
  private final RunConfig wanted;
  private final Machine machine;
  private final ModelFactory.WeightSource weights;
  private final Progress progress;
  private final AtomicReference<Fit> running = new AtomicReference<>();
  private volatile boolean stopRequested;

  /** Of this configuration, on this machine. */
  public Training(
      RunConfig config, Machine machine, ModelFactory.WeightSource weights, Progress progress) {
    this.wanted = config;
    this.machine = machine;
    this.weights = weights;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param run its folder; null when it was interrupted before there was one
   * @param evaluation null when it was interrupted
   * @param leaky whether patients or pictures are on both sides of the split
   */
  public record Result(Path run, Evaluation evaluation, boolean leaky) {
    private static Result stopped(Path run) {
      return new Result(run, null, false);
    }

    /** Whether it ended before all was done. */
    public boolean interrupted() {
      return evaluation == null;
    }
  }

  /** From any thread: save and end after the step that runs. */
  public void requestStop() {
    stopRequested = true;
    Fit fit = running.get();
    if (fit != null) {
      fit.requestStop();
    }
  }

  /** Reports of work that is not training, and gives it up once a stop was asked for. */
  private Progress stoppable() {
    return new Progress() {
      @Override
      public void line(String text) {
        progress.line(text);
      }

      @Override
      public void running(String text) {
        if (stopRequested) {
          throw new CancellationException("a stop was asked for");
        }
        progress.running(text);
      }
    };
  }

  /** A new run. */
  public Result run() {
    try {
      return runFromTheStart();
    } catch (CancellationException e) {
      return Result.stopped(null);
    }
  }

  private Result runFromTheStart() {
    try (TrainingData data = TrainingData.load(wanted, wanted.splitChoice(), stoppable())) {
      Model model = model(data);
      RunConfig config =
          withBatchThatFits(data, model).withDepth(data.split().catalogue().origin().depth());
      try (RunFolder run = RunFolder.create(config.out(), config.model().id())) {
        progress.line("run: " + run);
        run.write(RunFolder.CONFIG, config.yaml());
        run.writeJson(RunFolder.ENVIRONMENT, machine);
        run.write(RunFolder.SPLIT, SplitCsv.text(data.split()));
        try (Fit fit = new Fit(run, config, data, model, progress)) {
          return finish(run, fit);
        }
      }
    }
  }

  /** Goes on with a run that was interrupted, killed, or is to have more epochs. */
  public Result resume(RunFolder run) {
    SplitChoice split = wanted.splitChoice(run.file(RunFolder.SPLIT));
    try (TrainingData data = TrainingData.load(wanted, split, stoppable())) {
      Model model = model(data);
      Memory.checkResumed(model, data.cache(), wanted.batchSize());
      try (Fit fit = new Fit(run, wanted, data, model, progress)) {
        noteOtherBits(run);
        fit.resume();
        run.write(RunFolder.CONFIG, wanted.yaml());
        return finish(run, fit);
      }
    } catch (CancellationException e) {
      return Result.stopped(run.path());
    }
  }

  private void noteOtherBits(RunFolder run) {
    Machine.read(run.file(RunFolder.ENVIRONMENT)).stream()
        .flatMap(before -> machine.otherBitsThan(before).stream())
        .forEach(reason -> progress.line("note: the run may end in other bits: " + reason));
  }

  private Result finish(RunFolder run, Fit fit) {
    running.set(fit);
    if (stopRequested) {
      fit.requestStop();
    }
    try {
      return fit.run() ? score(run, fit) : Result.stopped(run.path());
    } catch (CancellationException e) { // the state of the last epoch is saved
      return Result.stopped(run.path());
    } catch (OutOfMemoryError e) {
      throw Memory.exceeded(e, fit.batchSize());
    }
  }

  /** What is written once training is done. */
  private Result score(RunFolder run, Fit fit) {
    Progress watched = stoppable();
    Predictions predictions = fit.predict(watched);
    run.write(RunFolder.PREDICTIONS, predictions.csv());
    watched.running("resampling patients");
    Evaluation evaluation =
        Evaluation.of(
            predictions.forEvaluation(), predictions.split().catalogue().classes(), wanted.seed());
    run.write(RunFolder.METRICS, MetricsJson.text(subject(fit, predictions.split()), evaluation));
    watched.running("writing the report");
    report(run, fit.data());
    Checksums.write(run);
    return new Result(run.path(), evaluation, fit.data().leaks().leaky());
  }

  private static void report(RunFolder run, TrainingData data) {
    TrainedModel best = TrainedModel.load(run.path(), Optional.empty());
    try (ScanExplainer explainer = new ScanExplainer(best, BitDepth.BITS_16)) {
      Map<String, ScanRef> places = data.split().catalogue().places();
      Report.write(run, data.lines(), new ScanThumbnails(places, explainer));
    }
  }

  private MetricsJson.Subject subject(Fit fit, Split split) {
    return new MetricsJson.Subject(
        wanted.model().id(),
        fit.model().parameterCount(),
        fit.model().trainableParameterCount(),
        split.rule().name().toLowerCase(Locale.ROOT),
        Leaks.of(split).leaky());
  }

  /** Says what training would take: data, memory, time. */
  public void plan() {
    try (TrainingData data = TrainingData.load(wanted, wanted.splitChoice(), progress)) {
      Model model = model(data);
      RunConfig config = withBatchThatFits(data, model);
      progress.running("measuring");
      double speed = Rehearsal.imagesPerSecond(model, Math.min(8, config.batchSize()));
      int images = data.split().indices(Part.TRAIN).length;
      progress.line(
          Text.format(
              "time: %.1f images/s, about %.0f s an epoch of %d images, %.1f min for all %d epochs",
              speed,
              images / speed,
              images,
              images / speed * config.epochs() / 60,
              config.epochs()));
    }
  }

  private Model model(TrainingData data) {
    data.lines().forEach(progress::line);
    return ModelFactory.build(wanted, data.classes().size(), weights);
  }

  private int suitingBatch(TrainingData data) {
    int images = data.split().indices(Part.TRAIN).length;
    int size = Pace.batchSize(images);
    if (size < Pace.ARTICLE_BATCH) {
      progress.line(
          Text.format(
              "batch size %d instead of %d: what fits %d images; --batch-size decides otherwise",
              size, Pace.ARTICLE_BATCH, images));
    }
    return size;
  }

  private RunConfig withBatchThatFits(TrainingData data, Model model) {
    int wantedSize = wanted.batchSize() == 0 ? suitingBatch(data) : wanted.batchSize();
    int batchSize = Memory.batchThatFits(model, data.cache(), wantedSize);
    if (batchSize < wantedSize) {
      progress.line(
          Text.format(
              "batch size %d instead of %d: what fits into %s",
              batchSize, wantedSize, Memory.mib(Memory.usable())));
    }
    progress.line(
        Text.format(
            "model: %s, %,d parameters, %,d trainable; memory %s; %s",
            wanted.model().id(),
            model.parameterCount(),
            model.trainableParameterCount(),
            Memory.mib(Memory.ofProcess(model, batchSize) + data.cache().heapBytes()),
            machine.backend()));
    return wanted.withBatchSize(batchSize);
  }
}
