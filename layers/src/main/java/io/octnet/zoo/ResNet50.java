package io.octnet.zoo;

import static io.octnet.layers.ActivationFunction.RELU;

import io.octnet.layers.Activation;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Symbol;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.ops.Padding;

/**
 * ResNet50 (He et al., 2015) as in keras.applications: convolutions with biases, the stride of a
 * stage on the first 1x1 of its first block, batch norms with epsilon 1.001e-5.
 */
final class ResNet50 {
  static final double EPSILON = 1.001e-5;
  private static final int[] BLOCKS = {3, 4, 6, 3};

  private ResNet50() {}

  static Symbol features(Symbol input) {
    Symbol x = new ZeroPadding2D(3).named("conv1_pad").apply(input);
    x = new Conv2D(64, 7).strides(2).named("conv1_conv").apply(x);
    x = relu(norm(x, "conv1_bn"), "conv1_relu");
    x = new ZeroPadding2D(1).named("pool1_pad").apply(x);
    x = new MaxPooling2D(3).strides(2).named("pool1_pool").apply(x);
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int block = 1; block <= BLOCKS[stage]; block++) {
        String prefix = "conv" + (stage + 2) + "_block" + block;
        int stride = stage > 0 && block == 1 ? 2 : 1;
        x = block(x, 64 << stage, stride, block == 1, prefix);
      }
    }
    return x;
  }

  private static Symbol block(
      Symbol input, int filters, int stride, boolean projected, String prefix) {
    Symbol shortcut = input;
    if (projected) {
      shortcut = conv(input, 4 * filters, 1, stride, prefix + "_0_conv");
      shortcut = norm(shortcut, prefix + "_0_bn");
    }
    Symbol x = conv(input, filters, 1, stride, prefix + "_1_conv");
    x = relu(norm(x, prefix + "_1_bn"), prefix + "_1_relu");
    x = conv(x, filters, 3, 1, prefix + "_2_conv");
    x = relu(norm(x, prefix + "_2_bn"), prefix + "_2_relu");
    x = norm(conv(x, 4 * filters, 1, 1, prefix + "_3_conv"), prefix + "_3_bn");
    return relu(new Add().named(prefix + "_add").apply(shortcut, x), prefix + "_out");
  }

  private static Symbol conv(Symbol x, int filters, int size, int stride, String name) {
    return new Conv2D(filters, size).strides(stride).padding(Padding.SAME).named(name).apply(x);
  }

  private static Symbol norm(Symbol x, String name) {
    return new BatchNormalization().epsilon(EPSILON).named(name).apply(x);
  }

  private static Symbol relu(Symbol x, String name) {
    return new Activation(RELU).named(name).apply(x);
  }
}
