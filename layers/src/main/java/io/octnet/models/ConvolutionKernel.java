package io.octnet.models;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * {@code y = max(0, norm(conv(x)) + shortcut)}, each part optional, as one convolution: a norm's
 * slope goes into the kernel, {@code kernel[.., k] * scale[k]}, its offset into the bias, {@code
 * bias[k] * scale[k] + shift[k]}.
 */
final class ConvolutionKernel implements Step.Kernel {
  private final Conv2D conv;
  private final ZeroPadding2D padding;
  private final boolean joins; // reads several tensors as one
  private final boolean addsShortcut;
  private final BatchNormalization inputNorm;
  private final boolean inputRelu;
  private final BatchNormalization norm;
  private final boolean relu;
  private final Compute compute = Backend.compute();
  private boolean overShortcut;
  private float[] inputScale;
  private float[] inputShift;
  private float[] kernel;
  private float[] bias;

  ConvolutionKernel(InferenceFusion.FusedConvolution fused) {
    this.conv = fused.conv;
    this.padding = fused.padding;
    this.joins = fused.parts.size() > 1;
    this.addsShortcut = fused.shortcut >= 0;
    this.inputNorm = fused.inputNorm;
    this.inputRelu = fused.inputRelu;
    this.norm = fused.norm;
    this.relu = fused.relu;
  }

  boolean addsShortcut() {
    return addsShortcut;
  }

  /** Lets the sum take the shortcut's place, which nobody reads after it. */
  void sumOverShortcut() {
    overShortcut = true;
  }

  @Override
  public void prepare() {
    if (inputNorm != null) {
      inputScale = ScaleShiftKernel.floats(inputNorm.inferenceScale());
      inputShift = ScaleShiftKernel.floats(inputNorm.inferenceShift());
    }
    kernel = conv.kernel().tensor().data();
    bias = conv.bias() == null ? null : conv.bias().tensor().data();
    if (norm != null) {
      double[] scale = norm.inferenceScale();
      kernel = scaled(kernel, scale);
      bias = folded(bias, scale, norm.inferenceShift());
    }
    compute.keep(kernel);
  }

  private float[] scaled(float[] kernel, double[] scale) {
    float[] result = compute.pool().acquire(kernel.length);
    for (int i = 0; i < kernel.length; i++) {
      result[i] = (float) (kernel[i] * scale[i % scale.length]);
    }
    return result;
  }

  @Override
  public long preparedLength(int batchSize) {
    long folded = norm == null ? 0 : conv.kernel().shape().size();
    return folded + compute.keptLength(geometry(batchSize));
  }

  private static float[] folded(float[] bias, double[] scale, double[] shift) {
    float[] result = new float[scale.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = (float) ((bias == null ? 0 : bias[k] * scale[k]) + shift[k]);
    }
    return result;
  }

  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    ConvGeometry g = geometry(x.dim(0));
    Tensor y = output(inputs, g);
    if (joins) {
      compute.conv2dJoined(
          g, joined(inputs), kernel, new Epilogue(bias, null, relu, null), y.data());
    } else {
      float[] shortcut = addsShortcut ? inputs.get(1).data() : null;
      compute.conv2d(
          g,
          new ConvInput(x.data(), inputScale, inputShift, inputRelu),
          kernel,
          new Epilogue(bias, shortcut, relu, null),
          y.data());
    }
    ActivationFunction activation = conv.activation();
    if (activation == ActivationFunction.LINEAR || activation == ActivationFunction.RELU) {
      return y;
    }
    return activation.consume(y);
  }

  private Tensor output(List<Tensor> inputs, ConvGeometry g) {
    return overShortcut && inputs.get(1).isExclusive()
        ? inputs.get(1).retain()
        : Tensor.allocate(
            compute.pool(), Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels()));
  }

  private JoinedInput joined(List<Tensor> parts) {
    return new JoinedInput(
        parts.stream().map(Tensor::data).toArray(float[][]::new),
        parts.stream().mapToInt(part -> part.dim(-1)).toArray(),
        inputScale,
        inputShift,
        inputRelu);
  }

  private ConvGeometry geometry(int batch) {
    ConvGeometry g = conv.geometry(batch);
    if (padding == null) {
      return g;
    }
    int[] p = padding.padding(); // top, bottom, left, right
    return new ConvGeometry(
        batch,
        g.height() - p[0] - p[1],
        g.width() - p[2] - p[3],
        g.inChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        g.outChannels(),
        g.strideHeight(),
        g.strideWidth(),
        g.dilationHeight(),
        g.dilationWidth(),
        g.padTop() + p[0],
        g.padBottom() + p[1],
        g.padLeft() + p[2],
        g.padRight() + p[3]);
  }

  @Override
  public List<Layer> layers() {
    return List.of(conv);
  }

  @Override
  public Footprint footprint() {
    return Footprint.INFERENCE;
  }

  @Override
  public int replaces() {
    return overShortcut ? 1 : -1;
  }

  @Override
  public void close() {
    compute.forget(kernel);
    if (norm != null) {
      compute.pool().release(kernel);
    }
    kernel = null;
  }
}
