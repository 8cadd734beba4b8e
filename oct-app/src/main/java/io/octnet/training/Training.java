package io.octnet.training;

import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.MetricsJson;
import io.octnet.explain.ScanExplainer;
import io.octnet.features.FeatureCache;
import io.octnet.images.BitDepth;
import io.octnet.images.ScanRef;
import io.octnet.models.Model;
import io.octnet.prediction.Asked;
import io.octnet.prediction.Predictions;
import io.octnet.prediction.TrainedModel;
import io.octnet.report.Report;
import io.octnet.report.ScanThumbnails;
import io.octnet.runs.Checksums;
import io.octnet.runs.Machine;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.split.Leaks;
import io.octnet.split.Part;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Trains a network as a configuration says, and writes its run folder. */
public final class Training {
  /** What tells of the best weights, and belongs to others once training goes on. */
  private static final List<String> OF_THE_WEIGHTS =
      List.of(
          RunFolder.CHECKSUMS,
          RunFolder.METRICS,
          RunFolder.PREDICTIONS,
          Report.PAGE,
          Report.CARD,
          Report.PLOTS);

  private final RunConfig wanted;
  private final Machine machine;
  private final ModelFactory.WeightSource weights;
  private final Progress progress;
  private final AtomicReference<Fit> running = new AtomicReference<>();
  private volatile boolean stopRequested;
  private List<String> command = List.of();
  private String tag;
  private String note;

  /** Of this configuration, on this machine. */
  public Training(
      RunConfig config, Machine machine, ModelFactory.WeightSource weights, Progress progress) {
    this.wanted = config;
    this.machine = machine;
    this.weights = weights;
    this.progress = progress;
  }

  /**
   * What the run says of itself.
   *
   * @param words the command line
   * @param newTag null to leave it as it is
   * @param newNote null to leave it as it is
   */
  public Training described(List<String> words, String newTag, String newNote) {
    command = List.copyOf(words);
    tag = newTag;
    note = newNote;
    return this;
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
    Preflight.check(wanted, weights, progress);
    try (TrainingData data = TrainingData.load(wanted, wanted.splitChoice(), stoppable())) {
      Model model = model(data);
      RunConfig config =
          withBatchThatFits(data, model).withDepth(data.split().catalogue().origin().depth());
      try (RunFolder run = RunFolder.create(config.out(), config.model().id())) {
        progress.line("run: " + run);
        return alive(
            run,
            record(data),
            record -> {
              run.write(RunFolder.CONFIG, config.yaml());
              run.writeJson(RunFolder.ENVIRONMENT, machine);
              run.write(RunFolder.SPLIT, SplitCsv.text(data.split()));
              try (Fit fit = new Fit(run, config, data, model, false, progress)) {
                return finish(run, fit, record);
              }
            });
      }
    }
  }

  private RunRecord record(TrainingData data) {
    return new RunRecord(
        RunRecord.Status.RUNNING,
        machine.octnet(),
        command,
        RunRecord.now(),
        null,
        lower(data.split().rule()),
        data.leaks().leaky(),
        tag,
        note,
        data.lines());
  }

  private void end(RunFolder run, RunRecord record, RunRecord.Status status) {
    record.ended(status).write(run);
    Report.stopped(run, status, wanted.epochs());
  }

  /** Says before and after the work where the run is in its life. */
  private Result alive(RunFolder run, RunRecord record, Function<RunRecord, Result> work) {
    record.write(run);
    try {
      Result result = work.apply(record);
      if (result.interrupted()) {
        end(run, record, RunRecord.Status.INTERRUPTED);
      }
      return result;
    } catch (CancellationException e) { // the state of the last epoch is saved
      end(run, record, RunRecord.Status.INTERRUPTED);
      return Result.stopped(run.path());
    } catch (RuntimeException | Error e) {
      try {
        end(run, record, RunRecord.Status.FAILED);
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Goes on with a run that was interrupted, killed, or is to have more epochs. */
  public Result resume(RunFolder run) {
    SplitChoice split = wanted.splitChoice(run.file(RunFolder.SPLIT));
    try (TrainingData data = TrainingData.load(wanted, split, stoppable())) {
      data.lines().forEach(progress::line);
      Model model = ModelFactory.toResume(wanted, data.classes().size());
      Memory.checkResumed(model, data.cache(), wanted.batchSize());
      noteOtherBits(run);
      return alive(run, goingOn(run, data), record -> goOn(run, data, model, record));
    } catch (CancellationException e) {
      return Result.stopped(run.path());
    }
  }

  /** It began when it began; what the user says of it may be new. */
  private RunRecord goingOn(RunFolder run, TrainingData data) {
    RunRecord now = record(data);
    return RunRecord.read(run)
        .map(
            before ->
                new RunRecord(
                        now.status(),
                        now.octnet(),
                        now.command(),
                        before.begun(),
                        null,
                        now.split(),
                        now.leaky(),
                        before.tag(),
                        before.note(),
                        now.notes())
                    .said(tag, note))
        .orElse(now);
  }

  private Result goOn(RunFolder run, TrainingData data, Model model, RunRecord record) {
    try (Fit fit = new Fit(run, wanted, data, model, true, progress)) {
      run.remove(OF_THE_WEIGHTS);
      run.write(RunFolder.CONFIG, wanted.yaml());
      return finish(run, fit, record);
    }
  }

  private void noteOtherBits(RunFolder run) {
    Machine.read(run.file(RunFolder.ENVIRONMENT)).stream()
        .flatMap(before -> machine.otherBitsThan(before).stream())
        .forEach(reason -> progress.line("note: the run may end in other bits: " + reason));
  }

  private Result finish(RunFolder run, Fit fit, RunRecord record) {
    running.set(fit);
    if (stopRequested) {
      fit.requestStop();
    }
    try {
      return fit.run() ? score(run, fit, record) : Result.stopped(run.path());
    } catch (OutOfMemoryError e) {
      throw Memory.exceeded(e, fit.batchSize());
    }
  }

  /** What is written once training is done. */
  private Result score(RunFolder run, Fit fit, RunRecord record) {
    Progress watched = stoppable();
    Predictions predictions = fit.predict(watched);
    run.write(RunFolder.PREDICTIONS, predictions.csv());
    watched.running("resampling patients");
    Evaluation evaluation =
        Evaluation.of(
            predictions.forEvaluation(), predictions.split().catalogue().classes(), wanted.seed());
    run.write(RunFolder.METRICS, MetricsJson.text(subject(fit, predictions.split()), evaluation));
    watched.running("writing the report");
    report(run, fit.data()).ifPresent(reason -> progress.line("note: " + reason));
    RunRecord done = record.ended(RunRecord.Status.FINISHED);
    Checksums.write(run, done);
    done.write(run);
    return new Result(run.path(), evaluation, fit.data().leaks().leaky());
  }

  private static Optional<String> report(RunFolder run, TrainingData data) {
    TrainedModel best = TrainedModel.load(run.path(), Asked.NOTHING);
    try (ScanExplainer explainer = new ScanExplainer(best, BitDepth.BITS_16)) {
      Map<String, ScanRef> places = data.split().catalogue().places();
      return Report.write(run, data.lines(), new ScanThumbnails(places, explainer));
    }
  }

  private MetricsJson.Subject subject(Fit fit, Split split) {
    return new MetricsJson.Subject(
        wanted.model().id(),
        fit.model().parameterCount(),
        fit.model().trainableParameterCount(),
        lower(split.rule()),
        Leaks.of(split).leaky());
  }

  private static String lower(Split.Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }

  /** Says what training would take: data, memory, time. */
  public void plan() {
    Preflight.check(wanted, weights, progress);
    try (TrainingData data = TrainingData.load(wanted, wanted.splitChoice(), progress)) {
      Model model = model(data);
      RunConfig config = withBatchThatFits(data, model);
      progress.running("measuring");
      int batch = Math.min(8, config.batchSize());
      boolean cached = FeatureCache.suits(model) && !config.featureCache().equals("none");
      if (cached) {
        double speed = Rehearsal.featuresPerSecond(model, batch);
        int all = data.split().catalogue().size();
        progress.line(
            Text.format(
                "features once: %.1f images/s, about %.0f s for all %d, unless they are there",
                speed, all / speed, all));
      }
      double speed = Rehearsal.imagesPerSecond(model, batch, cached);
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
