package io.octnet.optimizers;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.layers.Parameter;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Collections;
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
    List<Parameter> ready = parameters.stream().filter(p -> p.tensor().grad() != null).toList();
    clip(ready);
    float rate = learningRate();
    iterations++;
    for (Parameter parameter : ready) {
      update(parameter, parameter.tensor().grad().data(), rate);
      parameter.tensor().changed();
      parameter.tensor().zeroGrad();
    }
  }

  /** Changes one weight in place; {@link #iterations()} counts this step already. */
  protected abstract void update(Parameter parameter, float[] gradient, float rate);

  private void clip(List<Parameter> parameters) {
    double squares = 0;
    for (Parameter parameter : parameters) {
      Tensor grad = parameter.tensor().grad();
      if (Float.isFinite(clipNorm)) {
        shrink(grad, Math.sqrt(squares(grad)), clipNorm);
      }
      if (Float.isFinite(globalClipNorm)) {
        squares += squares(grad);
      }
    }
    if (Float.isFinite(globalClipNorm)) {
      double norm = Math.sqrt(squares);
      parameters.forEach(p -> shrink(p.tensor().grad(), norm, globalClipNorm));
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
  protected final float[] slot(String name, Parameter parameter) {
    int size = parameter.shape().size();
    float[] slot = slots.computeIfAbsent(name + "/" + parameter.path(), key -> new float[size]);
    if (slot.length != size) {
      throw new IllegalStateException(
          Text.format(
              "the optimizer's %s of %s has %d values, the weight has %d; the saved state is of another model",
              name, parameter.path(), slot.length, size));
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
