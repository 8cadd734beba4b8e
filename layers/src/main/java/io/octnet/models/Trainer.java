package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.losses.Loss;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Optimizer;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains a model: a plain loop over epochs and batches that tells callbacks how it goes.
 *
 * <p>Everything random derives from the seed, the epoch and the step, so a training that was saved
 * by {@link #state()}, with the model's weights, and taken up by {@link #restore} goes on with the
 * same bits, also from the middle of an epoch.
 *
 * <p>One thread trains; {@link #interrupt()} alone may be called from another.
 */
public final class Trainer {
  /** How {@link #fit} ended. */
  public enum Outcome {
    /** All epochs are done. */
    DONE,
    /** A callback asked to stop. */
    STOPPED,
    /** {@link #interrupt()} was called; {@link #state()} says where. */
    INTERRUPTED
  }

  private final Model model;
  private final Optimizer optimizer;
  private Loss loss = new CategoricalCrossentropy();
  private List<Callback> callbacks = List.of();
  private float[] classWeights;
  private long seed = 42;
  private boolean featuresGiven;
  private int freshExamples;

  private int epoch;
  private int step;
  private Meter meter = new Meter();
  private boolean stopAsked;
  private boolean stopped; // fit returned STOPPED since it was asked
  private volatile boolean interrupted;
  private final AtomicBoolean fitting = new AtomicBoolean();

  /** Of a model with weights. */
  public Trainer(Model model, Optimizer optimizer) {
    this.model = model;
    this.optimizer = optimizer;
  }

  /** {@link CategoricalCrossentropy} by default; any other for models that end otherwise. */
  public Trainer loss(Loss newLoss) {
    loss = newLoss;
    return this;
  }

  /** Whom to tell, in this order. */
  public Trainer callbacks(List<? extends Callback> list) {
    callbacks = List.copyOf(list);
    return this;
  }

  /** Whom it tells. */
  public List<Callback> callbacks() {
    return callbacks;
  }

  /** A factor for the training loss of each class's examples; null for none. */
  public Trainer classWeights(float... weights) {
    classWeights = weights == null ? null : weights.clone();
    return this;
  }

  /**
   * Whether batches hold the output of the layer {@link Model#frozenUntil} instead of images: the
   * constant part was computed before, and the rest gives the same bits.
   */
  public Trainer featuresGiven(boolean given) {
    featuresGiven = given;
    return this;
  }

  /**
   * How many examples of training the statistics of batch norms are computed from, anew before each
   * validation; 0 keeps Keras's moving averages.
   */
  public Trainer freshStatistics(int examples) {
    freshExamples = examples;
    return this;
  }

  /** What dropout derives from. */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** The model. */
  public Model model() {
    return model;
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** For callbacks: end the training after this epoch. */
  public void stopTraining() {
    stopAsked = true;
  }

  /** Whether a callback asked to end after this epoch. */
  public boolean stopping() {
    return stopAsked;
  }

  /** From any thread: return from {@link #fit} after the current step, or before the first one. */
  public void interrupt() {
    interrupted = true;
  }

  /** The epoch that runs, or would run next, from 0. */
  public int epoch() {
    return epoch;
  }

  /** The step of that epoch that would run next, from 0. */
  public int step() {
    return step;
  }

  /**
   * Trains until so many epochs are done, those before a resumption counted. After {@link
   * Outcome#STOPPED} another call goes on, as in Keras; a restored state that says a callback
   * stopped ends at once.
   *
   * @param validation evaluated after each epoch; null for none
   * @throws TrainingDivergedException if a loss or a weight is NaN or infinite
   * @throws IllegalArgumentException if a source has no examples
   * @throws IllegalStateException if all layers are frozen, or another thread trains with this
   */
  public Outcome fit(BatchSource train, BatchSource validation, int epochs) {
    if (model.trainableParameters().isEmpty()) {
      throw new IllegalStateException(
          Text.format("nothing to train: all layers of %s are frozen", model.name()));
    }
    requireLossFits();
    requireExamples(train, "train on");
    if (validation != null) {
      requireExamples(validation, "validate on");
    }
    if (!fitting.compareAndSet(false, true)) {
      throw new IllegalStateException(
          Text.format(
              "this trainer of %s trains already; wait for that fit to return, or interrupt() it",
              model.name()));
    }
    try {
      return fitAlone(train, validation, epochs);
    } finally {
      interrupted = false;
      fitting.set(false);
    }
  }

  private static void requireExamples(BatchSource source, String what) {
    if (source.steps() < 1 || source.examples() < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "nothing to %s: the source says it has %d examples in %d batches",
              what, source.examples(), source.steps()));
    }
  }

  private Outcome fitAlone(BatchSource train, BatchSource validation, int epochs) {
    if (stopped) {
      stopped = false;
      stopAsked = false;
    }
    callbacks.forEach(c -> c.onTrainBegin(this));
    try (FrozenPart frozen = new FrozenPart(model, featuresGiven)) {
      if (!run(train, validation, epochs, frozen)) {
        return Outcome.INTERRUPTED;
      }
    }
    callbacks.forEach(c -> c.onTrainEnd(this));
    stopped = stopAsked;
    return stopped ? Outcome.STOPPED : Outcome.DONE;
  }

  /** The epochs; false if interrupted before the last one's end. */
  private boolean run(BatchSource train, BatchSource validation, int epochs, FrozenPart frozen) {
    while (epoch < epochs && !stopAsked) {
      long start = System.nanoTime();
      int firstStep = step;
      callbacks.forEach(c -> c.onEpochBegin(this, epoch));
      if (!runEpoch(train, frozen)) {
        return false;
      }
      float rate = optimizer.learningRate();
      double seconds = (System.nanoTime() - start) * 1e-9;
      double share = (double) (train.steps() - firstStep) / train.steps();
      double speed = meter.examples() * share / seconds;
      if (freshExamples > 0) {
        FreshStatistics.estimate(frozen, train, epoch, freshExamples, seed);
      }
      Evaluation validated = validation == null ? null : evaluate(validation, frozen);
      if (validated != null && !Double.isFinite(validated.loss())) {
        throw TrainingDivergedException.atValidation(epoch, validated.loss());
      }
      requireFiniteWeights();
      seconds = (System.nanoTime() - start) * 1e-9;
      EpochReport report = new EpochReport(epoch, meter.means(), validated, rate, seconds, speed);
      epoch++;
      step = 0;
      meter = new Meter();
      callbacks.forEach(c -> c.onEpochEnd(this, report));
    }
    return true;
  }

  /**
   * Nobody may keep weights that are not finite; a batch norm's moving statistics can be so while
   * the training loss, which does not look at them, still is.
   *
   * @throws TrainingDivergedException that names the first
   */
  public void requireFiniteWeights() {
    for (Parameter parameter : model.parameters()) {
      if (!parameter.isFinite()) {
        throw TrainingDivergedException.ofWeights(epoch, parameter.path());
      }
    }
  }

  /** The rest of an epoch; false if interrupted before its end. */
  private boolean runEpoch(BatchSource train, FrozenPart frozen) {
    try (BatchSource.Batches batches = train.open(epoch, step)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        if (interrupted) {
          return false;
        }
        trainOn(batch, frozen);
        StepReport report = new StepReport(epoch, step, train.steps(), meter.means());
        step++;
        callbacks.forEach(c -> c.onStepEnd(this, report));
      }
    }
    if (step == 0) {
      throw new IllegalArgumentException(
          Text.format(
              "the source of training gave no batch in epoch %d, it had promised %d",
              epoch + 1, train.steps()));
    }
    return true;
  }

  private void trainOn(Batch batch, FrozenPart frozen) {
    Tensor x = frozen.predict(batch.x());
    Pass pass = Pass.training(seed, epoch, step);
    Model rest = frozen.rest();
    Tensor output = loss.activation() == null ? rest.forward(x, pass) : rest.logits(x, pass);
    x.release();
    Targets targets = targets(batch, output);
    if (classWeights != null) {
      targets = targets.classWeighted(classWeights);
    }
    Tensor value = loss.of(output, targets);
    if (!Float.isFinite(value.item())) {
      throw new TrainingDivergedException(epoch, step, value.item());
    }
    meter.add(value.item(), loss.correct(output, targets), batch.size());
    output.release();
    Autograd.backward(value);
    value.release();
    optimizer.step(frozen.rest().trainableParameters());
  }

  private Targets targets(Batch batch, Tensor output) {
    return batch.targets(output, loss.activation() == ActivationFunction.SOFTMAX);
  }

  /** The loss must be one of this model's output. */
  private void requireLossFits() {
    ActivationFunction needed = loss.activation();
    if (needed != null && needed != model.closingActivation()) {
      throw new IllegalStateException(
          Text.format(
              "the loss %s needs a model that ends in %s, %s ends in %s; end it so, or choose another loss",
              loss, needed, model.name(), model.layers().getLast()));
    }
    if (classWeights != null && needed != ActivationFunction.SOFTMAX) {
      throw new IllegalStateException(
          Text.format("class weights need a loss of classes, received %s", loss));
    }
  }

  /**
   * Loss and accuracy in inference mode.
   *
   * @throws IllegalArgumentException if the source has no examples
   */
  public Evaluation evaluate(BatchSource source) {
    requireExamples(source, "evaluate on");
    requireLossFits();
    try (FrozenPart frozen = new FrozenPart(model, featuresGiven)) {
      return evaluate(source, frozen);
    }
  }

  private Evaluation evaluate(BatchSource source, FrozenPart frozen) {
    Meter sums = new Meter();
    try (Inference inference = Inference.of(frozen.rest());
        BatchSource.Batches batches = source.open(0, 0)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        Tensor x = frozen.predict(batch.x());
        Tensor output = loss.activation() == null ? inference.predict(x) : inference.logits(x);
        x.release();
        Targets targets = targets(batch, output);
        Tensor value = Autograd.noGrad(() -> loss.of(output, targets));
        sums.add(value.item(), loss.correct(output, targets), batch.size());
        value.release();
        output.release();
      }
    }
    return sums.means();
  }

  // ---- saving and going on

  /** Where the training is; together with the model's weights enough to go on. */
  public TrainerState state() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("epoch", Integer.toString(epoch));
    values.put("step", Integer.toString(step));
    values.put("seed", Long.toString(seed));
    values.put("stopped", Boolean.toString(stopAsked));
    values.put("optimizer.iterations", Long.toString(optimizer.iterations()));
    values.put("optimizer.learning_rate", Float.toString(optimizer.learningRate()));
    values.put("meter", meter.text());
    for (int i = 0; i < callbacks.size(); i++) {
      String prefix = prefix(i);
      // sorted: maps may iterate in another order in another process, and files must be the same
      new TreeMap<>(callbacks.get(i).state()).forEach((key, v) -> values.put(prefix + key, v));
    }
    return new TrainerState(values, new LinkedHashMap<>(optimizer.slots()));
  }

  /** Goes on from there; the same callbacks must have been set, and the weights loaded. */
  public void restore(TrainerState state) {
    Map<String, String> values = state.values();
    epoch = Integer.parseInt(value(values, "epoch"));
    step = Integer.parseInt(value(values, "step"));
    seed = Long.parseLong(value(values, "seed"));
    stopAsked = Boolean.parseBoolean(value(values, "stopped"));
    stopped = false;
    meter = Meter.parse(value(values, "meter"));
    optimizer.restore(
        Long.parseLong(value(values, "optimizer.iterations")),
        Float.parseFloat(value(values, "optimizer.learning_rate")),
        state.slots());
    for (int i = 0; i < callbacks.size(); i++) {
      String prefix = prefix(i);
      Map<String, String> own = new LinkedHashMap<>();
      values.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              own.put(key.substring(prefix.length()), value);
            }
          });
      callbacks.get(i).restore(own);
    }
  }

  private String prefix(int i) {
    return "callback." + i + "." + callbacks.get(i).getClass().getSimpleName() + ".";
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the saved training state has no value for " + key);
    }
    return value;
  }
}
