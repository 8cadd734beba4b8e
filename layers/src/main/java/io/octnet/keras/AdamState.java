package io.octnet.keras;

import java.util.List;

/**
 * The state of the optimizer Adam.
 *
 * @param iteration the steps taken
 * @param learningRate the learning rate; NaN where a file does not say
 * @param slots the moments of every trained weight, in the model's order
 */
public record AdamState(long iteration, float learningRate, List<Slot> slots) {
  /** Keeps the list from changing. */
  public AdamState {
    slots = List.copyOf(slots);
  }

  /**
   * The moments of one weight, each of the weight's size.
   *
   * @param layer the layer's name
   * @param weight the weight's name, e.g. {@code kernel}
   * @param shape the weight's shape
   * @param m the running mean of its gradient
   * @param v the running mean of its gradient's square
   */
  public record Slot(String layer, String weight, int[] shape, float[] m, float[] v) {}
}
