package io.octnet.zoo;

import static io.octnet.layers.ActivationFunction.RELU;

import io.octnet.layers.Activation;
import io.octnet.layers.AveragePooling2D;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
import io.octnet.layers.Conv2D;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Symbol;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.ops.Padding;

/**
 * DenseNet121 (Huang et al., 2016) as in keras.applications: norm, ReLU, convolution; no biases;
 * growth 32; transitions halve the channels and average 2x2.
 */
final class DenseNet121 {
  static final double EPSILON = 1.001e-5;
  private static final int[] BLOCKS = {6, 12, 24, 16};
  private static final int GROWTH = 32;

  private DenseNet121() {}

  static Symbol features(Symbol input) {
    Symbol x = new ZeroPadding2D(3).named("zero_padding2d_1").apply(input);
    x = new Conv2D(64, 7).strides(2).useBias(false).named("conv1/conv").apply(x);
    x = normRelu(x, "conv1/bn", "conv1/relu");
    x = new ZeroPadding2D(1).named("zero_padding2d_2").apply(x);
    x = new MaxPooling2D(3).strides(2).named("pool1").apply(x);
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int block = 1; block <= BLOCKS[stage]; block++) {
        x = block(x, "conv" + (stage + 2) + "_block" + block);
      }
      if (stage < BLOCKS.length - 1) {
        x = transition(x, "pool" + (stage + 2));
      }
    }
    return normRelu(x, "bn", "relu");
  }

  private static Symbol block(Symbol input, String prefix) {
    Symbol x = normRelu(input, prefix + "_0_bn", prefix + "_0_relu");
    x = conv(x, 4 * GROWTH, 1, prefix + "_1_conv");
    x = normRelu(x, prefix + "_1_bn", prefix + "_1_relu");
    x = conv(x, GROWTH, 3, prefix + "_2_conv");
    return new Concatenate().named(prefix + "_concat").apply(input, x);
  }

  private static Symbol transition(Symbol input, String prefix) {
    Symbol x = normRelu(input, prefix + "_bn", prefix + "_relu");
    x = conv(x, x.shape().dim(2) / 2, 1, prefix + "_conv");
    return new AveragePooling2D(2).named(prefix + "_pool").apply(x);
  }

  private static Symbol conv(Symbol x, int filters, int size, String name) {
    return new Conv2D(filters, size).padding(Padding.SAME).useBias(false).named(name).apply(x);
  }

  private static Symbol normRelu(Symbol x, String norm, String relu) {
    Symbol y = new BatchNormalization().epsilon(EPSILON).named(norm).apply(x);
    return new Activation(RELU).named(relu).apply(y);
  }
}
