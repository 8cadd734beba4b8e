package io.octnet.models;

/**
 * The memory of tensors that training takes, known before it starts: the buffers of a step are
 * replayed by size alone, as the model and the tape hold and release them, under the rules of the
 * back-end's own pool. The private scratch of its kernels comes on top.
 *
 * @param batchSize examples a step
 * @param weightBytes of all weights
 * @param slotBytes of the optimizer's memory of trained weights
 * @param inputBytes of one batch
 * @param stepBytes the peak of activations and gradients in a training step
 * @param inferenceBytes the peak of activations in a prediction
 * @param heldBytes what the pool holds of both, in use or free, when steps and predictions take
 *     turns
 */
public record MemoryPlan(
    int batchSize,
    long weightBytes,
    long slotBytes,
    long inputBytes,
    long stepBytes,
    long inferenceBytes,
    long heldBytes) {

  static MemoryPlan of(Model model, int batchSize, int slotsPerWeight) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least 1 example, received " + batchSize);
    }
    PlannedPool steps = new PlannedPool();
    PlannedPool predictions = new PlannedPool();
    PlannedPool both = new PlannedPool();
    train(model, batchSize, steps);
    predict(model, batchSize, predictions);
    train(model, batchSize, both);
    predict(model, batchSize, both);
    return new MemoryPlan(
        batchSize,
        Float.BYTES * model.parameterCount(),
        Float.BYTES * model.trainableParameterCount() * slotsPerWeight,
        (long) Float.BYTES * batchSize * model.inputShape().size(),
        steps.peakBytes(),
        predictions.peakBytes(),
        both.heldBytes());
  }

  /** As {@link Trainer} does: what is constant by inference, then the rest. */
  private static void train(Model model, int batchSize, PlannedPool pool) {
    String last = model.frozenUntil();
    if (last.equals(model.layers().getFirst().name())) {
      training(model, batchSize, pool.callers(), pool);
      return;
    }
    Replay constant = inference(model.until(last), batchSize, pool);
    training(model.after(last), batchSize, constant.inference(pool.callers()), pool);
    constant.close();
  }

  private static void training(Model model, int batchSize, PlannedPool.Buffer x, PlannedPool pool) {
    new Replay(model, model.program(true), batchSize, pool).training(x);
  }

  private static void predict(Model model, int batchSize, PlannedPool pool) {
    Replay replay = inference(model, batchSize, pool);
    pool.release(replay.inference(pool.callers()));
    replay.close();
  }

  private static Replay inference(Model model, int batchSize, PlannedPool pool) {
    Program program = new InferenceFusion(model.graph()).program();
    return new Replay(model, program, batchSize, pool).prepare();
  }

  /** All of it together. */
  public long trainingBytes() {
    return weightBytes + slotBytes + inputBytes + heldBytes;
  }
}
