package io.octnet.benchmarks;

import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Callback;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;
import io.octnet.optimizers.Adam;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.List;

/** Whole jobs on noise: training steps and predictions. */
public final class Jobs {
  private Jobs() {}

  /** Is told of each training step; the time that it takes itself does not count. */
  public interface Listener {
    /**
     * A step was done.
     *
     * @param step from 0; -1 while it warms up
     */
    void done(int step, double seconds);
  }

  /** Seconds of each of so many training steps with Adam, once it is warm. */
  static double[] trainingSteps(
      Network network, FineTune mode, int batchSize, int imageSize, int steps) {
    double[] all = new double[steps];
    Listener listener =
        (step, seconds) -> {
          if (step >= 0) {
            all[step] = seconds;
          }
        };
    train(network, mode, batchSize, imageSize, steps, listener);
    return all;
  }

  /** Trains until it is warm, and so many steps more. */
  public static void train(
      Network network, FineTune mode, int batchSize, int imageSize, int steps, Listener listener) {
    Model model = network.article(imageSize, imageSize, 4);
    if (network.isBackbone()) {
      mode.apply(network, model);
    }
    model.initialize(1);
    new Trainer(model, new Adam())
        .callbacks(List.of(new Clock(steps, listener)))
        .fit(noise(batchSize, imageSize, Integer.MAX_VALUE), null, 1);
  }

  /** The mean loss of the first steps: the same on every machine, but for rounding. */
  static double loss(Network network, int batchSize, int imageSize, int steps) {
    Model model = network.article(imageSize, imageSize, 4).initialize(1);
    double[] loss = new double[1];
    Callback listener =
        new Callback() {
          @Override
          public void onStepEnd(Trainer trainer, StepReport report) {
            loss[0] = report.soFar().loss();
          }
        };
    new Trainer(model, new Adam())
        .callbacks(List.of(listener))
        .fit(noise(batchSize, imageSize, steps), null, 1);
    return loss[0];
  }

  private static final class Clock implements Callback {
    private final int steps;
    private final Listener listener;
    private final long begin = System.nanoTime();
    private long start = begin;
    private int all;
    private int measured;

    Clock(int steps, Listener listener) {
      this.steps = steps;
      this.listener = listener;
    }

    @Override
    public void onStepEnd(Trainer trainer, StepReport report) {
      double seconds = (System.nanoTime() - start) * 1e-9;
      double since = (System.nanoTime() - begin) * 1e-9;
      boolean warm = all++ >= Timing.WARM_UP && (measured > 0 || since >= Timing.WARM_SECONDS);
      listener.done(warm ? measured++ : -1, seconds);
      if (measured == steps) {
        trainer.interrupt();
      }
      start = System.nanoTime();
    }
  }

  /** Seconds of each of so many predictions of a batch, once it is warm. */
  static double[] predictions(Network network, int batchSize, int imageSize, int calls)
      throws Exception {
    Model model = network.article(imageSize, imageSize, 4).initialize(1);
    Tensor x = noise(batchSize, imageSize).x();
    try (Inference inference = Inference.of(model)) {
      return Timing.repeat(calls, () -> inference.predict(x).release());
    }
  }

  private static Batch noise(int batchSize, int imageSize) {
    Tensor x = Tensor.zeros(Shape.of(batchSize, imageSize, imageSize, 3));
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.nextFloat();
    }
    int[] labels = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      labels[i] = i % 4;
    }
    return new Batch(x, labels);
  }

  /** The same batch of noise again and again. */
  static BatchSource noise(int batchSize, int imageSize, int steps) {
    return source(noise(batchSize, imageSize), steps);
  }

  private static BatchSource source(Batch batch, int steps) {
    return new BatchSource() {
      @Override
      public int steps() {
        return steps;
      }

      @Override
      public int examples() {
        return batch.size();
      }

      @Override
      public Batches open(int epoch, int firstStep) {
        return new Batches() {
          private int next = firstStep;

          @Override
          public Batch next() {
            return next++ < steps ? batch : null;
          }

          @Override
          public void close() {}
        };
      }
    };
  }
}
