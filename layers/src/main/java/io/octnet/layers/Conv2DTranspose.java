package io.octnet.layers;

import io.octnet.compute.ConvGeometry;
import io.octnet.initializers.Initializers;
import io.octnet.ops.BiasAdd;
import io.octnet.ops.Conv2dTranspose;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transposed 2-D convolution, (H, W, C) to (P, Q, filters), P = H * stride for {@code same}, {@code
 * (H - 1) * stride + max(R, stride)} for {@code valid}. Weights: kernel (R, S, filters, C), bias
 * (filters).
 */
public final class Conv2DTranspose extends Layer implements Deterministic {
  private final int filters;
  private final int[] kernelSize;
  private int[] strides = {1, 1};
  private Padding padding = Padding.VALID;
  private boolean useBias = true;
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private Parameter kernel;
  private Parameter bias;
  private Shape input;

  /** With a rectangular kernel. */
  public Conv2DTranspose(int filters, int kernelHeight, int kernelWidth) {
    if (filters < 1 || kernelHeight < 1 || kernelWidth < 1) {
      throw error(
          "filters and kernel size must be at least 1, received %d and %d x %d",
          filters, kernelHeight, kernelWidth);
    }
    this.filters = filters;
    this.kernelSize = new int[] {kernelHeight, kernelWidth};
  }

  /** The step of the window in the output; 1 by default. */
  public Conv2DTranspose strides(int vertical, int horizontal) {
    requireUnbuilt();
    strides = new int[] {vertical, horizontal};
    return this;
  }

  /** {@code VALID} by default. */
  public Conv2DTranspose padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  /** True by default. */
  public Conv2DTranspose useBias(boolean wanted) {
    requireUnbuilt();
    useBias = wanted;
    return this;
  }

  /** Linear by default. */
  public Conv2DTranspose activation(ActivationFunction function) {
    requireUnbuilt();
    activation = function;
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    input = image(inputs);
    if (strides[0] < 1 || strides[1] < 1) {
      throw error("strides must be at least 1, received %d, %d", strides[0], strides[1]);
    }
    kernel =
        addWeight(
            "kernel",
            Shape.of(kernelSize[0], kernelSize[1], filters, input.dim(2)),
            Initializers.GLOROT_UNIFORM,
            true);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), Initializers.ZEROS, true);
    }
    ConvGeometry g = geometry(1);
    return Shape.of(g.height(), g.width(), filters);
  }

  /** Of the convolution that leads from the output back to the input, for a batch. */
  public ConvGeometry geometry(int batch) {
    Shape output = Shape.of(size(0), size(1), filters);
    return Windows.convolution(
        batch, output, kernelSize, input.dim(2), strides, new int[] {1, 1}, padding);
  }

  private int size(int axis) {
    long size = (long) input.dim(axis) * strides[axis];
    if (padding == Padding.VALID) {
      size += Math.max(kernelSize[axis] - strides[axis], 0);
    }
    return Math.toIntExact(size);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor y = Conv2dTranspose.conv2dTranspose(x, kernel.tensor(), geometry(x.dim(0)));
    if (bias != null) {
      Tensor biased = BiasAdd.biasAdd(y, bias.tensor());
      y.release();
      y = biased;
    }
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
    config.put("kernel_size", List.of(kernelSize[0], kernelSize[1]));
    config.put("strides", List.of(strides[0], strides[1]));
    config.put("padding", Windows.id(padding));
    config.put("dilation_rate", List.of(1, 1));
    config.put("activation", activation.id());
    config.put("use_bias", useBias);
    return config;
  }

  @Override
  public long multiplyAdds() {
    return geometry(1).multiplyAdds();
  }
}
