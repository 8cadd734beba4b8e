package io.octnet.optimizers;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.layers.Parameter;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes weights by their gradients. What it remembers of each weight, its slots, and how often it
 * stepped can be saved and restored, so that a resumed training goes on with the same bits.
 *
 * <p>The learning rate is a float32, as Keras's.
 */
public abstract class Optimizer {
  private final Map<String, float[]> slots = new LinkedHashMap<>();
  private final Map<Tensor, String> paths = new IdentityHashMap<>(); // of bare tensors
  private float learningRate;
  private Schedule schedule;
  private long iterations;
  private float clipNorm = Float.POSITIVE_INFINITY;
  private float globalClipNorm = Float.POSITIVE_INFINITY;

  /** With a constant learning rate, until it is set anew. */
  protected Optimizer(double learningRate) {
    setLearningRate((float) learningRate);
  }

  /** The learning rate of the next step. */
  public final float learningRate() {
    return schedule == null ? learningRate : (float) schedule.at(iterations);
  }

  /**
   * Sets the learning rate.
   *
   * @throws IllegalStateException if a schedule sets it
   */
  public final void setLearningRate(float rate) {
    if (schedule != null) {
      throw new IllegalStateException(
          "the learning rate follows a schedule and cannot be set; use one or the other");
    }
    if (!(rate >= 0 && rate < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number not below 0, received " + rate);
    }
    learningRate = rate;
  }

  /** Lets a schedule set the learning rate of each step. */
  public final Optimizer schedule(Schedule newSchedule) {
    schedule = newSchedule;
    return this;
  }

  /** Scales the gradient of each weight down to at most this norm. */
  public final Optimizer clipNorm(double norm) {
    clipNorm = positive(norm);
    return this;
  }

  /** Scales all gradients down together, so that their common norm is at most this. */
  public final Optimizer globalClipNorm(double norm) {
    globalClipNorm = positive(norm);
    return this;
  }

  private static float positive(double norm) {
    if (!(norm > 0)) {
      throw new IllegalArgumentException("a clipping norm must be positive, received " + norm);
    }
    return (float) norm;
  }

  /** Changes the weights that have gradients, and drops those. */
  public final void step(List<Parameter> parameters) {
    stepAll(parameters.stream().map(p -> new Weight(p.path(), p.tensor())).toList());
  }

  /**
   * The same for weights without a model: tensors that require gradients. What is remembered of
   * each goes by the order in which they were first given.
   *
   * @throws IllegalArgumentException if one requires no gradient
   */
  public final void step(Tensor... weights) {
    for (Tensor weight : weights) {
      if (!weight.requiresGrad() || weight.producer() != null) {
        throw new IllegalArgumentException(
            "an optimizer changes leaves that require gradients, received "
                + weight
                + "; call requireGrad(true) on it before it is computed with");
      }
      paths.computeIfAbsent(weight, w -> "tensor_" + paths.size());
    }
    stepAll(Arrays.stream(weights).map(w -> new Weight(paths.get(w), w)).toList());
  }

  private record Weight(String path, Tensor tensor) {}

  private void stepAll(List<Weight> weights) {
    List<Weight> ready = weights.stream().filter(w -> w.tensor().grad() != null).toList();
    clip(ready);
    float rate = learningRate();
    iterations++;
    for (Weight weight : ready) {
      update(weight.path(), weight.tensor(), weight.tensor().grad().data(), rate);
      weight.tensor().changed();
      weight.tensor().zeroGrad();
    }
  }

  /**
   * Changes one weight in place; {@link #iterations()} counts this step already.
   *
   * @param path what its slots go by
   */
  protected abstract void update(String path, Tensor weight, float[] gradient, float rate);

  private void clip(List<Weight> weights) {
    double squares = 0;
    for (Weight weight : weights) {
      Tensor grad = weight.tensor().grad();
      if (Float.isFinite(clipNorm)) {
        shrink(grad, Math.sqrt(squares(grad)), clipNorm);
      }
      if (Float.isFinite(globalClipNorm)) {
        squares += squares(grad);
      }
    }
    if (Float.isFinite(globalClipNorm)) {
      double norm = Math.sqrt(squares);
      weights.forEach(p -> shrink(p.tensor().grad(), norm, globalClipNorm));
    }
  }

  private static double squares(Tensor grad) {
    return Backend.compute().sumOfSquares(grad.size(), grad.data());
  }

  private static void shrink(Tensor grad, double norm, float limit) {
    if (norm > limit) {
      Compute compute = Backend.compute();
      compute.scale(grad.size(), (float) (limit / norm), grad.data(), grad.data());
    }
  }

  /** What is remembered of a weight under a name, zeros at first. */
  protected final float[] slot(String name, String path, int size) {
    float[] slot = slots.computeIfAbsent(name + "/" + path, key -> new float[size]);
    if (slot.length != size) {
      throw new IllegalStateException(
          Text.format(
              "the optimizer's %s of %s has %d values, the weight has %d; the saved state is of another model",
              name, path, slot.length, size));
    }
    return slot;
  }

  /** How many slots of a weight's size there will be for each trained weight. */
  public abstract int slotsPerWeight();

  /** How many steps were made. */
  public final long iterations() {
    return iterations;
  }

  /** All slots by name: {@code m/conv2d/kernel}; the arrays themselves, not copies. */
  public final Map<String, float[]> slots() {
    return Collections.unmodifiableMap(slots);
  }

  /** Goes on where another optimizer of the same kind was. */
  public final void restore(long savedIterations, float savedRate, Map<String, float[]> saved) {
    iterations = savedIterations;
    learningRate = savedRate;
    slots.clear();
    saved.forEach((key, values) -> slots.put(key, values.clone()));
  }
}
