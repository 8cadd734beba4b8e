package io.octnet.training;

import io.octnet.callbacks.CsvLogger;
import io.octnet.callbacks.EarlyStopping;
import io.octnet.callbacks.Monitor;
import io.octnet.callbacks.ProgressLine;
import io.octnet.callbacks.ReduceLROnPlateau;
import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.models.BatchSource;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.optimizers.Adam;
import io.octnet.prediction.Predictions;
import io.octnet.runs.Checksums;
import io.octnet.runs.Machine;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Part;
import io.octnet.split.Split;
import io.octnet.split.SplitCsv;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Trains a network as a configuration says, and writes its run folder. */
public final class Training {
  private final RunConfig wanted;
  private final Machine machine;
  private final ModelFactory.WeightSource weights;
  private final Progress progress;
  private final AtomicReference<LastState> running = new AtomicReference<>();
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
   * @param run its folder
   * @param predictions null when it was interrupted
   */
  public record Result(RunFolder run, Predictions predictions) {
    /** Whether it ended before all was done. */
    public boolean interrupted() {
      return predictions == null;
    }
  }

  /** From any thread: save and end after the step that runs. */
  public void requestStop() {
    stopRequested = true;
    LastState state = running.get();
    if (state != null) {
      state.requestStop();
    }
  }

  /** Does it all. */
  public Result run() {
    try (TrainingData data = TrainingData.load(wanted, progress)) {
      data.lines().forEach(progress::line);
      Model model = ModelFactory.build(wanted, data.classes().size(), weights);
      int batchSize = Memory.batchThatFits(model, data.cache(), wanted.batchSize());
      if (batchSize < wanted.batchSize()) {
        progress.line(
            "batch size %d instead of %d: what fits into %s"
                .formatted(batchSize, wanted.batchSize(), Memory.mib(Memory.usable())));
      }
      RunConfig config = wanted.withBatchSize(batchSize);
      progress.line(
          "model: %s, %,d parameters, %,d trainable; memory %s; %s"
              .formatted(
                  config.model().id(),
                  model.parameterCount(),
                  model.trainableParameterCount(),
                  Memory.mib(Memory.bytes(model, data.cache(), batchSize)),
                  machine.backend()));
      try (RunFolder run = RunFolder.create(config.out(), config.model().id())) {
        progress.line("run: " + run);
        run.write(RunFolder.CONFIG, config.yaml());
        run.writeJson(RunFolder.ENVIRONMENT, machine);
        run.write(RunFolder.SPLIT, SplitCsv.text(data.split()));
        return new Result(run, train(run, config, data, model));
      }
    }
  }

  /** Predictions with the best weights; null when interrupted. */
  private Predictions train(RunFolder run, RunConfig config, TrainingData data, Model model) {
    Split split = data.split();
    int[] labels = split.catalogue().labels();
    BatchLoader loader =
        new BatchLoader(data.cache(), labels, config.batchSize(), config.preprocess());
    Augment augment = config.augment() ? Augment.LIGHT : Augment.NONE;
    BatchSource training = loader.training(split.indices(Part.TRAIN), config.seed(), augment);
    BatchSource validation = loader.inOrder(split.indices(Part.VALIDATION));
    Pace pace =
        config.article()
            ? Pace.article(config.patience())
            : Pace.of(training.steps(), config.patience());
    model.setBatchNormMomentum(pace.momentum());
    ModelInfo info =
        new ModelInfo(config.model(), config.imageSize(), config.preprocess(), data.classes());
    LastState last = new LastState(run.file(RunFolder.LAST), info);
    Trainer trainer =
        new Trainer(model, new Adam(config.learningRate()))
            .seed(config.seed())
            .classWeights(config.classWeights() ? balanced(split) : null)
            .callbacks(
                List.of(
                    new ReduceLROnPlateau(Monitor.VAL_LOSS, 0.2, pace.plateau(), 1e-5, 0),
                    new EarlyStopping(
                        Monitor.VAL_LOSS,
                        pace.stop(),
                        new BestWeights(run.file(RunFolder.BEST), info)),
                    new CsvLogger(run.file(RunFolder.HISTORY)),
                    new ProgressLine(config.epochs(), progress::running, progress::line),
                    last));
    running.set(last);
    if (stopRequested) {
      last.requestStop();
    }
    if (trainer.fit(training, validation, config.epochs()) == Trainer.Outcome.INTERRUPTED) {
      last.save(trainer);
      return null;
    }
    int[] all = IntStream.range(0, labels.length).toArray();
    Predictions predictions =
        Predictions.of(
            model,
            split,
            loader.inOrder(all),
            done -> progress.running("predicting: %d of %d".formatted(done, all.length)));
    run.write(RunFolder.PREDICTIONS, predictions.csv());
    Checksums.write(run);
    return predictions;
  }

  /** Weights that give all classes the same sum: images / (classes * images of the class). */
  private static float[] balanced(Split split) {
    int[] counts = split.countByClass(Part.TRAIN);
    int sum = IntStream.of(counts).sum();
    float[] weights = new float[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = (float) ((double) sum / counts.length / Math.max(1, counts[c]));
    }
    return weights;
  }
}
