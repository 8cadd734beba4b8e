package io.octnet.layers;

import io.octnet.initializers.Initializer;
import io.octnet.initializers.Initializers;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fully connected layer, (..., C) to (..., units): {@code activation(x kernel + bias)}. Weights:
 * kernel (C, units), bias (units).
 */
public final class Dense extends Layer implements Deterministic, SoftmaxEnd {
  private final int units;
  private boolean useBias = true;
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private Initializer kernelInitializer = Initializers.GLOROT_UNIFORM;
  private Parameter kernel;
  private Parameter bias;
  private long positions; // that the matrix is applied to

  /** With so many outputs. */
  public Dense(int units) {
    if (units < 1) {
      throw error("units must be at least 1, received %d", units);
    }
    this.units = units;
  }

  /** True by default. */
  public Dense useBias(boolean wanted) {
    requireUnbuilt();
    useBias = wanted;
    return this;
  }

  /** Linear by default. */
  public Dense activation(ActivationFunction function) {
    requireUnbuilt();
    activation = function;
    return this;
  }

  /** Glorot uniform by default. */
  public Dense kernelInitializer(Initializer initializer) {
    requireUnbuilt();
    kernelInitializer = initializer;
    return this;
  }

  @Override
  public Dense named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    if (x.rank() < 1) {
      throw error("needs at least one axis of features");
    }
    kernel = addWeight("kernel", Shape.of(x.dim(-1), units), kernelInitializer, true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(units), Initializers.ZEROS, true);
    }
    positions = x.size() / x.dim(-1);
    int[] dims = x.toArray();
    dims[dims.length - 1] = units;
    return Shape.of(dims);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    boolean relu = activation == ActivationFunction.RELU;
    Tensor y = affine(inputs.getFirst(), relu);
    return relu ? y : activation.consume(y);
  }

  @Override
  public Tensor logits(Tensor x, Pass pass) {
    return affine(x, false);
  }

  private Tensor affine(Tensor x, boolean relu) {
    return io.octnet.ops.Dense.dense(x, kernel.tensor(), bias == null ? null : bias.tensor(), relu);
  }

  @Override
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("units", units);
    config.put("activation", activation.id());
    config.put("use_bias", useBias);
    return config;
  }

  /** The kernel, (C, units). */
  public Parameter kernel() {
    return kernel;
  }

  /** The bias, (units); null if there is none. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public long multiplyAdds() {
    return kernel.shape().size() * positions;
  }
}
