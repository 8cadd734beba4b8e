package io.octnet.training;

import io.octnet.UserException;
import io.octnet.callbacks.CsvLogger;
import io.octnet.callbacks.EarlyStopping;
import io.octnet.callbacks.Monitor;
import io.octnet.callbacks.ProgressLine;
import io.octnet.callbacks.ReduceLROnPlateau;
import io.octnet.catalogue.Scan;
import io.octnet.features.FeatureCache;
import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.models.BatchSource;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.models.TrainingDivergedException;
import io.octnet.optimizers.Adam;
import io.octnet.prediction.Predictions;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Part;
import io.octnet.split.Split;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** The training loop of a run, with what watches it. */
final class Fit implements AutoCloseable {
  private final RunConfig config;
  private final TrainingData data;
  private final Progress progress;
  private final BatchLoader loader;
  private final FeatureCache features; // null: batches are of images
  private final BatchSource training;
  private final Trainer trainer;
  private final SavedStates states;
  private final SaveState saving;
  private volatile boolean stopRequested;

  /**
   * Of a run, from its first step on or from its saved state.
   *
   * @throws UserException when it is to go on and there is no state to go on from
   */
  Fit(
      RunFolder run,
      RunConfig config,
      TrainingData data,
      Model model,
      boolean resumed,
      Progress progress) {
    this.config = config;
    this.data = data;
    this.progress = progress;
    Split split = data.split();
    int[] labels = split.catalogue().labels();
    this.loader = new BatchLoader(data.cache(), labels, config.batchSize(), config.preprocess());
    Augment augment = config.augment() ? Augment.LIGHT : Augment.NONE;
    int[] images = split.indices(Part.TRAIN);
    boolean cached = FeatureCache.suits(model) && !config.featureCache().equals("none");
    Pace pace =
        config.article()
            ? Pace.article(config.patience())
            : Pace.of(Math.ceilDiv(images.length, config.batchSize()), config.patience());
    model.setBatchNormMomentum(pace.momentum());
    ModelInfo info =
        new ModelInfo(
            config.model(),
            config.imageSize(),
            config.preprocess(),
            data.split().catalogue().origin().depth(),
            data.classes());
    this.states = new SavedStates(run, info);
    this.saving = new SaveState(states, config.checkpointMinutes(), config.epochs());
    this.trainer =
        new Trainer(model, new Adam(config.learningRate()))
            .seed(config.seed())
            .featuresGiven(cached)
            .freshStatistics(pace.freshExamples())
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
                    new LiveReport(run, config.epochs()),
                    saving));
    if (resumed) {
      resume(); // before features are computed: by the run's own weights
    }
    this.features = cached ? features(run, model) : null;
    this.training =
        features == null
            ? loader.training(images, config.seed(), augment)
            : features.training(images, config.seed(), augment);
  }

  private FeatureCache features(RunFolder run, Model model) {
    boolean half = config.featureCache().equals("float16");
    Path folder = run.path().toAbsolutePath().resolveSibling("features");
    List<String> hashes = data.split().catalogue().scans().stream().map(Scan::pixelHash).toList();
    FeatureCache cache =
        FeatureCache.open(
            model,
            new FeatureCache.Place(folder, config.preprocess(), config.imageSize(), half),
            new FeatureCache.Images(
                loader, hashes, data.split().catalogue().labels(), config.batchSize()),
            progress::running,
            () -> stopRequested);
    long missing = cache.missingBytes(config.augment(), config.seed());
    progress.line(
        Text.format(
            "feature cache: the output of %s, %s, in %s",
            model.frozenUntil(),
            missing == 0 ? "all there" : "up to " + Memory.mib(missing) + " more",
            folder));
    try {
      FeatureCache.checkRoom(folder, missing);
    } catch (UserException e) {
      cache.close();
      throw e;
    }
    if (cache.rebuilt()) {
      progress.line("the feature cache was damaged; it is made anew");
    }
    return cache;
  }

  private void resume() {
    states.restore(trainer).forEach(progress::line);
    progress.line(
        Text.format("resuming in epoch %d, step %d", trainer.epoch() + 1, trainer.step() + 1));
  }

  /** From any thread: save and end after the step that runs. */
  void requestStop() {
    stopRequested = true;
    saving.requestStop();
  }

  int batchSize() {
    return config.batchSize();
  }

  TrainingData data() {
    return data;
  }

  Model model() {
    return trainer.model();
  }

  /** Trains; false if it was interrupted, with its state saved. */
  boolean run() {
    BatchSource validation = inOrder(data.split().indices(Part.VALIDATION));
    long start = System.nanoTime();
    try {
      if (trainer.fit(training, validation, config.epochs()) == Trainer.Outcome.INTERRUPTED) {
        saving.save(trainer);
        return false;
      }
      double seconds = Math.max(1e-9, (System.nanoTime() - start) * 1e-9);
      progress.line(
          Text.format(
              "the network waited for images in %.1f %% of the time",
              100 * loader.waitSeconds() / seconds));
      return true;
    } catch (CancellationException e) { // while features were computed
      saving.save(trainer);
      return false;
    } catch (TrainingDivergedException e) {
      throw e.inStep()
          ? Divergence.explain(e, rest(), training, filesOf(e.epoch(), e.step()))
          : Divergence.explain(e, rest());
    }
  }

  private BatchSource inOrder(int[] images) {
    return features == null ? loader.inOrder(images) : features.inOrder(images);
  }

  /** What takes the batches: the model, or what follows its constant part. */
  private Model rest() {
    return features == null ? model() : model().after(model().frozenUntil());
  }

  private List<String> filesOf(int epoch, int step) {
    int[] images = data.split().indices(Part.TRAIN);
    List<String> files = data.split().catalogue().files();
    return IntStream.of(loader.trainingStep(images, config.seed(), epoch, step))
        .mapToObj(files::get)
        .toList();
  }

  /** What the model says of all scans, with the best weights. */
  Predictions predict(Progress watched) {
    int[] all = IntStream.range(0, data.split().catalogue().size()).toArray();
    Stage stage = watched.stage("predicting");
    return Predictions.of(
        rest(), data.split(), inOrder(all), done -> stage.update(done, all.length));
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

  @Override
  public void close() {
    if (features != null) {
      features.close();
    }
  }
}
