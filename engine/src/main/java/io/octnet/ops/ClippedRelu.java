package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;

/**
 * Keras's general rectifier, any shape: {@code y = most} where {@code x >= most}, {@code x} where
 * {@code threshold <= x < most}, else {@code slope * (x - threshold)}. ReLU6 has most 6.
 */
public final class ClippedRelu extends Node {
  private final Tensor x;
  private final Limits limits;

  private ClippedRelu(Tensor x, Limits limits) {
    super(inputs(x), x);
    this.x = x;
    this.limits = limits;
  }

  /**
   * Where it bends.
   *
   * @param slope below the threshold
   * @param most infinity for no bound
   */
  public record Limits(float slope, float most, float threshold) {
    float of(float x) {
      return x >= threshold ? Math.min(x, most) : slope * (x - threshold);
    }

    float slopeAt(float x) {
      return x < threshold ? slope : x < most ? 1 : 0;
    }
  }

  /** The rectified tensor. */
  public static Tensor clippedRelu(Tensor x, Limits limits) {
    Check.that(
        limits.most > limits.threshold,
        "clipped_relu",
        "the maximum must lie above the threshold, received %s and %s",
        limits.most,
        limits.threshold);
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    float[] from = x.data();
    float[] to = y.data();
    Ranges.run(
        x.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            to[i] = limits.of(from[i]);
          }
        });
    return Autograd.record(y, new ClippedRelu(x, limits));
  }

  // dx = dy where threshold <= x < most, slope * dy below, 0 above
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), dy.shape());
    float[] at = x.data();
    float[] from = dy.data();
    float[] to = dx.data();
    Ranges.run(
        dy.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            to[i] = limits.slopeAt(at[i]) * from[i];
          }
        });
    return new Tensor[] {dx};
  }
}
