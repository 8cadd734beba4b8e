package io.octnet.benchmarks;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.Algorithm.Direction;
import io.octnet.layers.Conv2D;
import io.octnet.random.RandomStream;
import io.octnet.text.Text;
import io.octnet.zoo.Network;
import java.util.Arrays;
import java.util.List;

/** A convolution of one of the networks, with numbers to compute on. */
final class ConvCase {
  final String name;
  final ConvGeometry g;
  private final float[] x;
  private final float[] kernel;
  private final float[] dy;
  private final float[] out;

  ConvCase(ConvGeometry g) {
    this.name = name(g);
    this.g = g;
    this.x = noise(g.inputSize(), 1);
    this.kernel = noise(g.kernelSize(), 2);
    this.dy = noise(g.outputSize(), 3);
    int largest = Math.max(g.inputSize(), Math.max(g.outputSize(), g.kernelSize()));
    this.out = new float[largest];
  }

  private static float[] noise(int n, long seed) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** As tables call it: {@code 3x3 64>128 @56 /2}, stride 1 left out. */
  static String name(ConvGeometry g) {
    String stride = g.strideHeight() == 1 ? "" : " /" + g.strideHeight();
    return Text.format(
        "%dx%d %d>%d @%d%s",
        g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels(), g.height(), stride);
  }

  /** A square convolution as Keras's {@code same} has it. */
  static ConvGeometry same(int batch, int size, int c, int kernel, int k, int stride) {
    return ConvGeometry.same(batch, size, size, c, kernel, kernel, k, stride, 1);
  }

  /** One shape of each kind. */
  static List<ConvGeometry> few(int batch) {
    return List.of(
        same(batch, 224, 64, 3, 64, 1),
        same(batch, 56, 256, 3, 256, 1),
        same(batch, 112, 128, 3, 128, 1),
        same(batch, 56, 64, 1, 256, 1),
        same(batch, 224, 3, 3, 32, 1));
  }

  /** The shapes in which the five networks spend their time, at 224 x 224. */
  static List<ConvGeometry> ofTheNetworks(int batch) {
    return List.of(
        same(batch, 224, 3, 3, 32, 1), // the article's first layers
        same(batch, 224, 32, 3, 64, 1),
        same(batch, 112, 64, 3, 128, 1),
        same(batch, 224, 64, 3, 64, 1), // VGG16
        same(batch, 112, 128, 3, 128, 1),
        same(batch, 56, 256, 3, 256, 1),
        same(batch, 28, 512, 3, 512, 1),
        same(batch, 14, 512, 3, 512, 1),
        same(batch, 224, 3, 7, 64, 2), // ResNet50
        same(batch, 56, 64, 1, 256, 1),
        same(batch, 28, 512, 1, 128, 1),
        same(batch, 14, 256, 3, 256, 1),
        same(batch, 56, 128, 3, 32, 1), // DenseNet121
        same(batch, 14, 512, 1, 128, 1));
  }

  /** Each shape of the five networks once, at 224 x 224. */
  static List<ConvGeometry> allOfTheNetworks(int batch) {
    return Arrays.stream(Network.values())
        .flatMap(network -> network.article(224, 224, 4).layers().stream())
        .filter(Conv2D.class::isInstance)
        .map(layer -> ((Conv2D) layer).geometry(batch))
        .distinct()
        .toList();
  }

  /** Computes once; the result stays here. */
  float[] run(Compute compute, Direction direction) {
    switch (direction) {
      case FORWARD -> compute.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, out);
      case BACKWARD_DATA -> compute.conv2dBackwardData(g, ConvGradient.of(dy), kernel, out);
      case BACKWARD_WEIGHTS ->
          compute.conv2dBackwardWeights(g, ConvInput.of(x), ConvGradient.of(dy), out, null);
    }
    return out;
  }

  /** How many numbers a direction gives. */
  int size(Direction direction) {
    return switch (direction) {
      case FORWARD -> g.outputSize();
      case BACKWARD_DATA -> g.inputSize();
      case BACKWARD_WEIGHTS -> g.kernelSize();
    };
  }

  /** Floating-point operations of the plain algorithm. */
  double flops() {
    return 2.0 * g.multiplyAdds();
  }
}
