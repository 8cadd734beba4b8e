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
  private final boolean relu;
  private final boolean overInput;
  private float[] scale;
  private float[] shift;

  /**
   * A norm.
   *
   * @param overInput whether nobody else reads the input, so that the output may take its place
   */
  ScaleShiftKernel(BatchNormalization norm, boolean relu, boolean overInput) {
    this.norm = norm;
    this.relu = relu;
    this.overInput = overInput;
  }

  @Override
  public void prepare() {
    scale = floats(norm.inferenceScale());
    shift = floats(norm.inferenceShift());
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
    boolean replaces = overInput && x.isExclusive();
    Tensor y = replaces ? x.retain() : Tensor.allocate(compute.pool(), x.shape());
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

  @Override
  public int replaces() {
    return overInput ? 0 : -1;
  }
}
