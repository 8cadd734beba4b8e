package io.octnet.layers;

import io.octnet.compute.ConvGeometry;
import io.octnet.initializers.Initializer;
import io.octnet.initializers.Initializers;
import io.octnet.ops.Conv2d;
import io.octnet.ops.GroupedConv2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * 2-D convolution, (H, W, C) to (P, Q, filters): {@code activation(x * kernel + bias)}. Weights:
 * kernel (R, S, C, filters), bias (filters).
 */
public final class Conv2D extends Layer implements Deterministic {
  private final int filters;
  private final int kernelHeight;
  private final int kernelWidth;
  private int[] strides = {1, 1}; // vertical, horizontal
  private int[] dilation = {1, 1};
  private int groups = 1;
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
    return strides(newStride, newStride);
  }

  /** The step of the window along either axis. */
  public Conv2D strides(int vertical, int horizontal) {
    requireUnbuilt();
    strides = new int[] {vertical, horizontal};
    return this;
  }

  /** The step within the window; 1 by default. */
  public Conv2D dilation(int newDilation) {
    return dilation(newDilation, newDilation);
  }

  /** The step within the window along either axis. */
  public Conv2D dilation(int vertical, int horizontal) {
    requireUnbuilt();
    dilation = new int[] {vertical, horizontal};
    return this;
  }

  /** Into how many groups channels are divided, each convolved by itself; 1 by default. */
  public Conv2D groups(int newGroups) {
    requireUnbuilt();
    groups = newGroups;
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
    if (groups < 1 || x.dim(2) % groups != 0 || filters % groups != 0) {
      throw error(
          "%d input channels and %d filters cannot be divided into %d groups",
          x.dim(2), filters, groups);
    }
    kernel =
        addWeight(
            "kernel",
            Shape.of(kernelHeight, kernelWidth, x.dim(2) / groups, filters),
            kernelInitializer,
            true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), Initializers.ZEROS, true);
    }
    int[] kernelSize = {kernelHeight, kernelWidth};
    single = Windows.convolution(1, x, kernelSize, filters, strides, dilation, padding);
    return Shape.of(single.outHeight(), single.outWidth(), filters);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor biases = bias == null ? null : bias.tensor();
    ConvGeometry g = geometry(x.dim(0));
    if (groups > 1) {
      return activation.consume(GroupedConv2d.groupedConv2d(x, kernel.tensor(), biases, g, groups));
    }
    boolean relu = activation == ActivationFunction.RELU;
    Tensor y = Conv2d.conv2d(x, kernel.tensor(), biases, g, relu);
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

  /** Into how many groups channels are divided. */
  public int groups() {
    return groups;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("filters", filters);
    config.put("kernel_size", List.of(kernelHeight, kernelWidth));
    config.put("strides", List.of(strides[0], strides[1]));
    config.put("padding", Windows.id(padding));
    config.put("dilation_rate", List.of(dilation[0], dilation[1]));
    config.put("groups", groups);
    config.put("activation", activation.id());
    config.put("use_bias", useBias);
    return config;
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
    return single.multiplyAdds() / groups;
  }
}
