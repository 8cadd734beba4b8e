package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.layers.Pass;
import io.octnet.layers.StandIns;
import io.octnet.ops.Sum;
import io.octnet.tensor.BufferPool;
import io.octnet.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The memory of tensors that training takes, known before it starts: a step and a prediction run as
 * ever, but on a back-end that computes nothing and a pool whose buffers have no contents. The
 * private scratch of kernels comes on top.
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
    return new MemoryPlan(
        batchSize,
        Float.BYTES * model.parameterCount(),
        Float.BYTES * model.trainableParameterCount() * slotsPerWeight,
        (long) Float.BYTES * batchSize * model.inputShape().size(),
        rehearse(pool -> pool.peakBytes(), rehearsal -> rehearsal.train(model, batchSize)),
        rehearse(pool -> pool.peakBytes(), rehearsal -> rehearsal.predict(model, batchSize)),
        rehearse(
            pool -> pool.heldBytes(),
            rehearsal -> {
              rehearsal.train(model, batchSize);
              rehearsal.predict(model, batchSize);
            }));
  }

  private static long rehearse(ToLongFunction<BufferPool> result, Consumer<Rehearsal> what) {
    Compute compute = Backend.rehearsal();
    StandIns.during(
        weights ->
            Backend.with(
                compute,
                () -> {
                  what.accept(new Rehearsal(weights));
                  return null;
                }));
    return result.applyAsLong(compute.pool());
  }

  /** The real thing, with buffers that have no contents. */
  private record Rehearsal(StandIns weights) {

    /** As {@link Trainer} does, but for the loss, which is a few numbers. */
    void train(Model model, int batchSize) {
      Tensor batch = input(model, batchSize);
      try (FrozenPart frozen = new FrozenPart(model, false)) {
        Tensor x = frozen.predict(batch);
        Pass pass = Pass.training(0, 0, 0);
        Model rest = frozen.rest();
        Tensor y = rest.isClassifier() ? rest.logits(x, pass) : rest.forward(x, pass);
        x.release();
        Tensor loss = Sum.sum(y);
        y.release();
        if (loss.producer() != null) { // else nothing is trained
          Autograd.backward(loss);
        }
        loss.release();
        weights.zeroGrads();
      }
      batch.release();
    }

    void predict(Model model, int batchSize) {
      Tensor x = input(model, batchSize);
      try (Inference inference = Inference.of(model)) {
        inference.predict(x).release();
      }
      x.release();
    }

    /** A batch is its source's, not of the pool that is counted. */
    private static Tensor input(Model model, int batchSize) {
      return Tensor.allocate(BufferPool.counting(), model.inputShape().withBatch(batchSize));
    }
  }

  /** All of it together. */
  public long trainingBytes() {
    return weightBytes + slotBytes + inputBytes + heldBytes;
  }
}
