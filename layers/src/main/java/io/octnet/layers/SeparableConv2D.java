package io.octnet.layers;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.DepthwiseGeometry;
import io.octnet.initializers.Initializers;
import io.octnet.ops.Conv2d;
import io.octnet.ops.DepthwiseConv2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A depthwise convolution and a 1x1 convolution, (H, W, C) to (P, Q, filters). Weights:
 * depthwise_kernel (R, S, C, multiplier), pointwise_kernel (1, 1, C * multiplier, filters), bias
 * (filters). Chollet, 2017.
 */
public final class SeparableConv2D extends Layer implements Deterministic {
  private final int filters;
  private final int[] kernelSize;
  private int multiplier = 1;
  private int[] strides = {1, 1};
  private int[] dilation = {1, 1};
  private Padding padding = Padding.VALID;
  private boolean useBias = true;
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private Parameter depthwise;
  private Parameter pointwise;
  private Parameter bias;
  private Shape input;

  /** With a rectangular kernel. */
  public SeparableConv2D(int filters, int kernelHeight, int kernelWidth) {
    if (filters < 1 || kernelHeight < 1 || kernelWidth < 1) {
      throw error(
          "filters and kernel size must be at least 1, received %d and %d x %d",
          filters, kernelHeight, kernelWidth);
    }
    this.filters = filters;
    this.kernelSize = new int[] {kernelHeight, kernelWidth};
  }

  /** Channels between the two for each input channel; 1 by default. */
  public SeparableConv2D multiplier(int newMultiplier) {
    requireUnbuilt();
    multiplier = newMultiplier;
    return this;
  }

  /** The step of the window; 1 by default. */
  public SeparableConv2D strides(int vertical, int horizontal) {
    requireUnbuilt();
    strides = new int[] {vertical, horizontal};
    return this;
  }

  /** The step within the window; 1 by default. */
  public SeparableConv2D dilation(int vertical, int horizontal) {
    requireUnbuilt();
    dilation = new int[] {vertical, horizontal};
    return this;
  }

  /** {@code VALID} by default. */
  public SeparableConv2D padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  /** True by default. */
  public SeparableConv2D useBias(boolean wanted) {
    requireUnbuilt();
    useBias = wanted;
    return this;
  }

  /** Linear by default. */
  public SeparableConv2D activation(ActivationFunction function) {
    requireUnbuilt();
    activation = function;
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    input = image(inputs);
    if (multiplier < 1) {
      throw error("the depth multiplier must be at least 1, received %d", multiplier);
    }
    depthwise =
        addWeight(
            "depthwise_kernel",
            Shape.of(kernelSize[0], kernelSize[1], input.dim(2), multiplier),
            Initializers.GLOROT_UNIFORM,
            true);
    int between = Math.multiplyExact(input.dim(2), multiplier);
    pointwise =
        addWeight(
            "pointwise_kernel",
            Shape.of(1, 1, between, filters),
            Initializers.GLOROT_UNIFORM,
            true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), Initializers.ZEROS, true);
    }
    ConvGeometry g = pointwiseGeometry(1);
    return Shape.of(g.outHeight(), g.outWidth(), filters);
  }

  /** Of the first of the two, for a batch. */
  public DepthwiseGeometry depthwiseGeometry(int batch) {
    return new DepthwiseGeometry(
        Windows.convolution(
            batch, input, kernelSize, input.dim(2) * multiplier, strides, dilation, padding),
        multiplier);
  }

  private ConvGeometry pointwiseGeometry(int batch) {
    ConvGeometry first = depthwiseGeometry(batch).window();
    return ConvGeometry.valid(
        batch, first.outHeight(), first.outWidth(), first.outChannels(), 1, 1, filters, 1, 1);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor between =
        DepthwiseConv2d.depthwiseConv2d(x, depthwise.tensor(), null, depthwiseGeometry(x.dim(0)));
    Tensor biases = bias == null ? null : bias.tensor();
    ConvGeometry g = pointwiseGeometry(x.dim(0));
    Tensor y = Conv2d.conv2d(between, pointwise.tensor(), biases, g, false);
    between.release();
    return activation.consume(y);
  }

  /** The activation. */
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("filters", filters);
    config.put("depth_multiplier", multiplier);
    config.put("kernel_size", List.of(kernelSize[0], kernelSize[1]));
    config.put("strides", List.of(strides[0], strides[1]));
    config.put("padding", Windows.id(padding));
    config.put("dilation_rate", List.of(dilation[0], dilation[1]));
    config.put("activation", activation.id());
    config.put("use_bias", useBias);
    return config;
  }

  @Override
  public long multiplyAdds() {
    return depthwiseGeometry(1).multiplyAdds() + pointwiseGeometry(1).multiplyAdds();
  }
}
