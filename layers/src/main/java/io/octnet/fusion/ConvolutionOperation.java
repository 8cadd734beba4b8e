package io.octnet.fusion;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.compute.PreparedConv;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Pass;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * {@code y = max(0, norm(conv(x)) + shortcut)}, each part optional, as one convolution: a norm's
 * slope goes into the kernel, {@code kernel[.., k] * scale[k]}, its offset into the bias, {@code
 * bias[k] * scale[k] + shift[k]}.
 */
final class ConvolutionOperation implements Operation {
  private final Compute compute;
  private final ConvGeometry geometry; // of a batch of one
  private final PreparedConv conv;
  private final float[] bias;
  private final float[] inputScale;
  private final float[] inputShift;
  private final boolean inputRelu;
  private final boolean addsShortcut;
  private final boolean overShortcut;
  private final boolean relu;
  private final ActivationFunction activation; // what is left to do

  ConvolutionOperation(Compute compute, FusedConvolution fused, boolean overShortcut) {
    this.compute = compute;
    this.geometry = fused.geometry();
    KnownNorm inputNorm = fused.knownInputNorm();
    this.inputScale = KnownNorm.scales(inputNorm);
    this.inputShift = KnownNorm.shifts(inputNorm);
    this.inputRelu = fused.inputRelu();
    this.addsShortcut = fused.addsShortcut();
    this.overShortcut = overShortcut;
    this.relu = fused.relu();
    this.activation =
        fused.conv().activation() == ActivationFunction.RELU
            ? ActivationFunction.LINEAR
            : fused.conv().activation();
    KnownNorm norm = fused.knownNorm();
    this.bias = folded(fused.conv(), norm);
    this.conv = prepared(fused.conv().kernel().tensor().data(), norm);
  }

  private PreparedConv prepared(float[] kernel, KnownNorm norm) {
    if (norm == null) {
      return compute.prepare(geometry, kernel);
    }
    float[] scaled = compute.pool().acquire(geometry.kernelSize());
    int columns = geometry.outChannels();
    compute.parallelFor(
        geometry.kernelSize() / columns,
        row -> {
          for (int k = 0; k < columns; k++) {
            scaled[row * columns + k] = (float) (kernel[row * columns + k] * norm.scale()[k]);
          }
        });
    PreparedConv result = compute.prepare(geometry, scaled);
    compute.pool().release(scaled);
    return result;
  }

  private static float[] folded(Conv2D conv, KnownNorm norm) {
    float[] bias = conv.bias() == null ? null : conv.bias().tensor().toArray();
    if (norm == null) {
      return bias;
    }
    float[] result = new float[norm.scale().length];
    for (int k = 0; k < result.length; k++) {
      result[k] = (float) ((bias == null ? 0 : bias[k] * norm.scale()[k]) + norm.shift()[k]);
    }
    return result;
  }

  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    int batch = x.dim(0);
    Tensor shortcut = addsShortcut ? inputs.get(1) : null;
    Tensor y = output(batch, shortcut);
    float[] residual = shortcut == null ? null : shortcut.data();
    Epilogue epilogue = new Epilogue(bias, residual, relu, null);
    if (!addsShortcut && inputs.size() > 1) {
      conv.conv2dJoined(batch, joined(inputs), epilogue, y.data());
    } else {
      ConvInput input = new ConvInput(x.data(), inputScale, inputShift, inputRelu);
      conv.conv2d(batch, input, epilogue, y.data());
    }
    return activation == ActivationFunction.LINEAR ? y : activation.consume(y);
  }

  private Tensor output(int batch, Tensor shortcut) {
    ConvGeometry g = geometry;
    Shape shape = Shape.of(batch, g.outHeight(), g.outWidth(), g.outChannels());
    return overShortcut && shortcut.isExclusive()
        ? shortcut.retain()
        : Tensor.allocate(compute.pool(), shape);
  }

  private JoinedInput joined(List<Tensor> parts) {
    return new JoinedInput(
        parts.stream().map(Tensor::data).toArray(float[][]::new),
        parts.stream().mapToInt(part -> part.dim(-1)).toArray(),
        inputScale,
        inputShift,
        inputRelu);
  }

  @Override
  public void close() {
    conv.close();
  }
}
