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
    single = geometry(1, x);
    return Shape.of(single.outHeight(), single.outWidth(), filters);
  }

  private ConvGeometry geometry(int batch, Shape x) {
    int[] vertical = padding(x.dim(0), kernelHeight);
    int[] horizontal = padding(x.dim(1), kernelWidth);
    return new ConvGeometry(
        batch,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        kernelHeight,
        kernelWidth,
        filters,
        stride,
        stride,
        dilation,
        dilation,
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  private int[] padding(int size, int kernelSize) {
    int total =
        padding == Padding.VALID ? 0 : ConvGeometry.samePadding(size, kernelSize, stride, dilation);
    return new int[] {total / 2, total - total / 2};
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    boolean relu = activation == ActivationFunction.RELU;
    Tensor y = convolve(inputs.getFirst(), false);
    return relu ? y : activation.consume(y);
  }

  /**
   * The convolution with its bias, and its activation if that is a ReLU, else none.
   *
   * @param forNorm whether a batch norm in training alone reads it; see {@link Conv2d}
   */
  public Tensor convolve(Tensor x, boolean forNorm) {
    ConvGeometry g = geometry(x.dim(0), Shape.of(x.dim(1), x.dim(2), x.dim(3)));
    boolean relu = activation == ActivationFunction.RELU;
    Tensor biases = bias == null ? null : bias.tensor();
    return Conv2d.conv2d(x, kernel.tensor(), biases, g, relu, forNorm);
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
    return geometry(batch, Shape.of(single.height(), single.width(), single.inChannels()));
  }

  @Override
  public long multiplyAdds() {
    return single.multiplyAdds();
  }

  @Override
  public Footprint footprint() {
    return activation == ActivationFunction.LINEAR ? Footprint.READS_INPUT : Footprint.READS_BOTH;
  }
}
