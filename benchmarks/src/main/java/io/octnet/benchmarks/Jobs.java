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
import java.util.ArrayList;
import java.util.List;

/** Whole jobs on noise: training steps and predictions. */
final class Jobs {
  private Jobs() {}

  /** Seconds of each of so many training steps with Adam, after three that warm up. */
  static double[] trainingSteps(
      Network network, FineTune mode, int batchSize, int imageSize, int steps) {
    return trainingSteps(network, mode, batchSize, imageSize, steps, () -> {});
  }

  /** The same, telling when they are warm. */
  static double[] trainingSteps(
      Network network, FineTune mode, int batchSize, int imageSize, int steps, Runnable warm) {
    Model model = network.article(imageSize, imageSize, 4);
    if (network.isBackbone()) {
      mode.apply(network, model);
    }
    model.initialize(1);
    Clock clock = new Clock(warm);
    int all = steps + Clock.WARM_UP;
    new Trainer(model, new Adam())
        .callbacks(List.of(clock))
        .fit(source(noise(batchSize, imageSize), all), null, 1);
    return clock.seconds();
  }

  private static final class Clock implements Callback {
    static final int WARM_UP = 3;
    private final List<Long> ends = new ArrayList<>();
    private final Runnable warm;

    Clock(Runnable warm) {
      this.warm = warm;
    }

    @Override
    public void onStepEnd(Trainer trainer, StepReport report) {
      ends.add(System.nanoTime());
      if (ends.size() == WARM_UP) {
        warm.run();
      }
    }

    double[] seconds() {
      double[] seconds = new double[ends.size() - WARM_UP];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = (ends.get(i + WARM_UP) - ends.get(i + WARM_UP - 1)) * 1e-9;
      }
      return seconds;
    }
  }

  /** Seconds of a prediction of a batch. */
  static Timing inference(Network network, int batchSize, int imageSize) {
    Model model = network.article(imageSize, imageSize, 4).initialize(1);
    Tensor x = noise(batchSize, imageSize).x();
    try (Inference inference = Inference.of(model)) {
      return Timing.of(() -> inference.predict(x).release());
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

  private static BatchSource source(Batch batch, int steps) {
    return new BatchSource() {
      @Override
      public int steps() {
        return steps;
      }

      @Override
      public int examples() {
        return steps * batch.size();
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
