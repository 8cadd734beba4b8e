package io.octnet.layers;

import io.octnet.ops.ScaleShift;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code scale * x + offset}, for pixels: one number each, or one a channel. */
public final class Rescaling extends Layer implements Deterministic {
  private final double[] scale;
  private final double[] offset;
  private float[] scales; // a channel
  private float[] offsets;

  /** By the same numbers everywhere. */
  public Rescaling(double scale, double offset) {
    this(new double[] {scale}, new double[] {offset});
  }

  /** By one number, or one a channel. */
  public Rescaling(double[] scale, double[] offset) {
    this.scale = scale.clone();
    this.offset = offset.clone();
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    int channels = x.rank() == 0 ? 1 : x.dim(-1);
    scales = spread(scale, channels);
    offsets = spread(offset, channels);
    return x;
  }

  private float[] spread(double[] values, int channels) {
    if (values.length != 1 && values.length != channels) {
      throw error(
          "has %d factors or offsets for %d channels, expected one or one each",
          values.length, channels);
    }
    float[] spread = new float[channels];
    for (int c = 0; c < channels; c++) {
      spread[c] = (float) values[values.length == 1 ? 0 : c];
    }
    return spread;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return ScaleShift.scaleShift(inputs.getFirst(), scales, offsets);
  }

  /** The factors, one a channel. */
  public float[] scales() {
    return scales.clone();
  }

  /** The offsets, one a channel. */
  public float[] offsets() {
    return offsets.clone();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("scale", value(scale), "offset", value(offset));
  }

  private static Object value(double[] values) {
    return values.length == 1 ? values[0] : Arrays.stream(values).boxed().toList();
  }
}
