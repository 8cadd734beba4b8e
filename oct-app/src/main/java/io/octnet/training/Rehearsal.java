package io.octnet.training;

import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Callback;
import io.octnet.models.Model;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;
import io.octnet.optimizers.Adam;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A few training steps on noise, to tell how long training will take on this machine. */
public final class Rehearsal {
  private static final double ENOUGH_SECONDS = 1.5;
  private static final int WARM_UP = 2;
  private static final int MOST_STEPS = 40;

  private Rehearsal() {}

  /**
   * Images that are trained on in a second, measured after two steps that warm up. The weights
   * change.
   *
   * @param featuresGiven whether what the frozen part says of images is kept, and only the rest is
   *     computed
   */
  static double imagesPerSecond(Model model, int batchSize, boolean featuresGiven) {
    Stopwatch stopwatch = new Stopwatch();
    Trainer trainer =
        new Trainer(model.initialize(1), new Adam())
            .featuresGiven(featuresGiven)
            .callbacks(List.of(stopwatch));
    Shape input = featuresGiven ? model.outputShape(model.frozenUntil()) : model.inputShape();
    trainer.fit(noise(input, batchSize), null, 1);
    return stopwatch.steps * batchSize / (stopwatch.nanos * 1e-9);
  }

  /** The same where all is trained from the images. */
  public static double imagesPerSecond(Model model, int batchSize) {
    return imagesPerSecond(model, batchSize, false);
  }

  /** Images of which the frozen part is computed in a second. */
  static double featuresPerSecond(Model model, int batchSize) {
    Model frozen = model.initialize(1).until(model.frozenUntil());
    Tensor x = noise(model.inputShape(), batchSize).open(0, 0).next().x();
    frozen.predict(x).release(); // warms up
    long start = System.nanoTime();
    int batches = 0;
    double seconds;
    do {
      frozen.predict(x).release();
      batches++;
      seconds = (System.nanoTime() - start) * 1e-9;
    } while (seconds < ENOUGH_SECONDS && batches < MOST_STEPS);
    return batches * batchSize / seconds;
  }

  /** Ends the rehearsal once enough was measured. */
  private static final class Stopwatch implements Callback {
    private long start;
    private long nanos;
    private int steps;

    @Override
    public void onStepEnd(Trainer trainer, StepReport report) {
      if (report.step() < WARM_UP - 1) {
        return;
      }
      if (report.step() == WARM_UP - 1) {
        start = System.nanoTime();
        return;
      }
      nanos = System.nanoTime() - start;
      steps++;
      if (nanos * 1e-9 > ENOUGH_SECONDS) {
        trainer.interrupt();
      }
    }
  }

  private static BatchSource noise(Shape example, int batchSize) {
    int[] dims = new int[example.rank() + 1];
    dims[0] = batchSize;
    System.arraycopy(example.toArray(), 0, dims, 1, example.rank());
    Tensor x = Tensor.zeros(Shape.of(dims));
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.nextFloat();
    }
    Batch batch = new Batch(x, new int[batchSize]);
    return new BatchSource() {
      @Override
      public int steps() {
        return MOST_STEPS;
      }

      @Override
      public int examples() {
        return MOST_STEPS * batchSize;
      }

      @Override
      public Batches open(int epoch, int firstStep) {
        return new Batches() {
          private int next = firstStep;

          @Override
          public Batch next() {
            return next++ < MOST_STEPS ? batch : null;
          }

          @Override
          public void close() {}
        };
      }
    };
  }
}
