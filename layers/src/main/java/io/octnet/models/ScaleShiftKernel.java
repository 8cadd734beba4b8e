package io.octnet.models;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A batch norm with known statistics, {@code scale[c] * x + shift[c]}, and a ReLU if asked. */
final class ScaleShiftKernel implements Step.Kernel {
  private final BatchNormalization norm;
  private final float[] scale;
  private final float[] shift;
  private final boolean relu;

  ScaleShiftKernel(BatchNormalization norm, boolean relu) {
    this.norm = norm;
    this.scale = floats(norm.inferenceScale());
    this.shift = floats(norm.inferenceShift());
    this.relu = relu;
  }

  static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Compute compute = Backend.compute();
    Tensor x = inputs.getFirst();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    int channels = scale.length;
    compute.scaleShift(x.size() / channels, channels, x.data(), scale, shift, relu, y.data());
    return y;
  }

  @Override
  public List<Layer> layers() {
    return List.of(norm);
  }

  @Override
  public Footprint footprint() {
    return Footprint.INFERENCE;
  }
}
