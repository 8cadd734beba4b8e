package io.octnet.layers;

import io.octnet.compute.ConvGeometry;
import io.octnet.initializers.Initializer;
import io.octnet.initializers.Initializers;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * 2-D convolution, (H, W, C) to (P, Q, filters): {@code activation(x * kernel + bias)}. Weights:
 * kernel (R, S, C, filters), bias (filters).
 */
public final class Conv2D extends Layer implements Deterministic {
  private final int filters;
  private final int kernelHeight;
  private final int kernelWidth;
  private int stride = 1;
  private int dilation = 1;
  private Padding padding = Padding.VALID;
  private boolean useBias = true;
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private Initializer kernelInitializer = Initializers.GLOROT_UNIFORM;
  private Parameter kernel;
  private Parameter bias;
  private ConvGeometry single; // of a batch of one

  /** With a square kernel. */
  public Conv2D(int filters, int kernelSize) {
    this(filters, kernelSize, kernelSize);
  }

  /** With a rectangular kernel. */
  public Conv2D(int filters, int kernelHeight, int kernelWidth) {
    if (filters < 1 || kernelHeight < 1 || kernelWidth < 1) {
      throw error(
          "filters and kernel size must be at least 1, received %d and %d x %d",
          filters, kernelHeight, kernelWidth);
    }
    this.filters = filters;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /** The step of the window; 1 by default. */
  public Conv2D strides(int newStride) {
    requireUnbuilt();
    stride = newStride;
    return this;
  }

  /** The step within the window; 1 by default. */
  public Conv2D dilation(int newDilation) {
    requireUnbuilt();
    dilation = newDilation;
    return this;
  }

  /** {@code VALID} by default. */
  public Conv2D padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  /** True by default. */
  public Conv2D useBias(boolean wanted) {
    requireUnbuilt();
    useBias = wanted;
    return this;
  }

  /** Linear by default. */
  public Conv2D activation(ActivationFunction function) {
    requireUnbuilt();
    activation = function;
    return this;
  }

  /** Glorot uniform by default. */
  public Conv2D kernelInitializer(Initializer initializer) {
    requireUnbuilt();
    kernelInitializer = initializer;
    return this;
  }

  @Override
  public Conv2D named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = image(inputs);
    kernel =
        addWeight(
            "kernel",
            Shape.of(kernelHeight, kernelWidth, x.dim(2), filters),
            kernelInitializer,
            true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), Initializers.ZEROS, true);
    }
    int[] strides = {stride, stride};
    int[] dilations = {dilation, dilation};
    single = Conv2d.geometry(x.withBatch(1), kernel.shape(), strides, dilations, padding);
    return Shape.of(single.outHeight(), single.outWidth(), filters);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    boolean relu = activation == ActivationFunction.RELU;
    Tensor biases = bias == null ? null : bias.tensor();
    Tensor y = Conv2d.conv2d(x, kernel.tensor(), biases, geometry(x.dim(0)), relu);
    return relu ? y : activation.consume(y);
  }

  /** The kernel, (R, S, C, filters). */
  public Parameter kernel() {
    return kernel;
  }

  /** The bias, (filters); null if there is none. */
  public Parameter bias() {
    return bias;
  }

  /** The activation. */
  public ActivationFunction activation() {
    return activation;
  }

  /** The geometry for a batch. */
  public ConvGeometry geometry(int batch) {
    return single.withBatch(batch);
  }

  @Override
  public long multiplyAdds() {
    return single.multiplyAdds();
  }
}
