package io.octnet.training;

import io.octnet.UserException;
import io.octnet.images.BatchLoader;
import io.octnet.images.PixelCache;
import io.octnet.models.MemoryPlan;
import io.octnet.models.Model;
import io.octnet.text.Text;

/** What training takes, and a batch that fits into the memory that the JVM may take. */
public final class Memory {
  private static final int SLOTS_OF_ADAM = 2;

  /** The rest is left to scratch of the kernels, gradients of weights, and the collector. */
  private static final double USABLE = 0.7;

  /**
   * The JVM with its code and classes, the young generation, pictures being decoded: measured, with
   * {@code benchmarks/memory}.
   */
  private static final long BASE = 270L << 20;

  /** How far the heap grows beyond what is in use before it is collected: measured as well. */
  private static final double SLACK = 1.1;

  private Memory() {}

  /**
   * The most memory that the process of a training will take, mostly within a tenth; scans in a
   * mapped file not counted, which the system may take back.
   */
  public static long ofProcess(Model model, int batchSize) {
    MemoryPlan plan = model.memoryPlan(batchSize, SLOTS_OF_ADAM);
    long batches = BatchLoader.bufferBytes(batchSize, model.inputShape().dim(0));
    long copies = 2 * plan.weightBytes(); // the best ones so far, and those that are reported on
    return BASE + (long) (SLACK * plan.trainingBytes()) + batches + copies;
  }

  /** What its tensors take. */
  public static long ofTensors(Model model, int batchSize) {
    return model.memoryPlan(batchSize, SLOTS_OF_ADAM).trainingBytes();
  }

  /** What training takes with batches of a size; of the pixels, those that are no mapped file. */
  static long bytes(Model model, PixelCache cache, int batchSize) {
    MemoryPlan plan = model.memoryPlan(batchSize, SLOTS_OF_ADAM);
    return plan.trainingBytes()
        + BatchLoader.bufferBytes(batchSize, cache.size())
        + cache.heapBytes();
  }

  static long usable() {
    return (long) (USABLE * Runtime.getRuntime().maxMemory());
  }

  /**
   * The wanted size, or the largest of its halves that fits.
   *
   * @throws UserException when not even one image fits
   */
  static int batchThatFits(Model model, PixelCache cache, int wanted) {
    int size = wanted;
    while (size > 1 && bytes(model, cache, size) > usable()) {
      size /= 2;
    }
    if (bytes(model, cache, size) > usable()) {
      throw new UserException(
          Text.format(
              "training %s takes %s even with batches of one, %s may be used; choose a smaller --image-size or --limit, or allow more memory: OCTNET_JAVA_OPTS=-Xmx...",
              model.name(), mib(bytes(model, cache, size)), mib(usable())));
    }
    return size;
  }

  /**
   * Refuses to resume where the batches of the run do not fit.
   *
   * @throws UserException that says how much is missing
   */
  static void checkResumed(Model model, PixelCache cache, int batchSize) {
    long bytes = bytes(model, cache, batchSize);
    if (bytes > usable()) {
      throw new UserException(
          Text.format(
              "going on with batches of %d takes %s, %s may be used; allow more memory: OCTNET_JAVA_OPTS=-Xmx...",
              batchSize, mib(bytes), mib(usable())));
    }
  }

  /** The error to end with where training took more than was foreseen. */
  static UserException exceeded(OutOfMemoryError e, int batchSize) {
    String smaller =
        batchSize > 1
            ? "start again with --batch-size " + batchSize / 2
            : "start again with a smaller --image-size";
    return new UserException(
        Text.format(
            "out of memory with batches of %d (%s allowed); %s, or go on with --resume and more memory: OCTNET_JAVA_OPTS=-Xmx...",
            batchSize, mib(Runtime.getRuntime().maxMemory()), smaller),
        e);
  }

  /** In MiB, as text. */
  public static String mib(long bytes) {
    return Text.format("%,d MiB", bytes >> 20);
  }
}
