package io.octnet.layers;

import io.octnet.compute.DepthwiseGeometry;
import io.octnet.initializers.Initializers;
import io.octnet.ops.DepthwiseConv2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Depthwise 2-D convolution, (H, W, C) to (P, Q, C * multiplier): each channel by its own kernels.
 * Weights: kernel (R, S, C, multiplier), bias (C * multiplier).
 */
public final class DepthwiseConv2D extends Layer implements Deterministic {
  private final int[] kernelSize;
  private int multiplier = 1;
  private int[] strides = {1, 1};
  private int[] dilation = {1, 1};
  private Padding padding = Padding.VALID;
  private boolean useBias = true;
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private Parameter kernel;
  private Parameter bias;
  private Shape input;

  /** With a rectangular kernel. */
  public DepthwiseConv2D(int kernelHeight, int kernelWidth) {
    if (kernelHeight < 1 || kernelWidth < 1) {
      throw error(
          "the kernel size must be at least 1, received %d x %d", kernelHeight, kernelWidth);
    }
    kernelSize = new int[] {kernelHeight, kernelWidth};
  }

  /** Output channels of each input channel; 1 by default. */
  public DepthwiseConv2D multiplier(int newMultiplier) {
    requireUnbuilt();
    multiplier = newMultiplier;
    return this;
  }

  /** The step of the window; 1 by default. */
  public DepthwiseConv2D strides(int vertical, int horizontal) {
    requireUnbuilt();
    strides = new int[] {vertical, horizontal};
    return this;
  }

  /** The step within the window; 1 by default. */
  public DepthwiseConv2D dilation(int vertical, int horizontal) {
    requireUnbuilt();
    dilation = new int[] {vertical, horizontal};
    return this;
  }

  /** {@code VALID} by default. */
  public DepthwiseConv2D padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  /** True by default. */
  public DepthwiseConv2D useBias(boolean wanted) {
    requireUnbuilt();
    useBias = wanted;
    return this;
  }

  /** Linear by default. */
  public DepthwiseConv2D activation(ActivationFunction function) {
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
    int channels = Math.multiplyExact(input.dim(2), multiplier);
    kernel =
        addWeight(
            "kernel",
            Shape.of(kernelSize[0], kernelSize[1], input.dim(2), multiplier),
            Initializers.GLOROT_UNIFORM,
            true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(channels), Initializers.ZEROS, true);
    }
    DepthwiseGeometry g = geometry(1);
    return Shape.of(g.window().outHeight(), g.window().outWidth(), channels);
  }

  /** The geometry for a batch. */
  public DepthwiseGeometry geometry(int batch) {
    return new DepthwiseGeometry(
        Windows.convolution(
            batch, input, kernelSize, input.dim(2) * multiplier, strides, dilation, padding),
        multiplier);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor biases = bias == null ? null : bias.tensor();
    return activation.consume(
        DepthwiseConv2d.depthwiseConv2d(x, kernel.tensor(), biases, geometry(x.dim(0))));
  }

  /** The kernel, (R, S, C, multiplier). */
  public Parameter kernel() {
    return kernel;
  }

  /** The bias; null if there is none. */
  public Parameter bias() {
    return bias;
  }

  /** The activation. */
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
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
    return geometry(1).multiplyAdds();
  }
}
