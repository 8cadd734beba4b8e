package io.octnet.zoo;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Symbol;
import io.octnet.ops.Padding;

/** The two networks that are trained from scratch: 3x3 convolutions, each with a batch norm. */
final class Cnn {
  private Cnn() {}

  /** Three convolutions: 32, 64, pool, 128. */
  static Symbol cnn3(Symbol input, int classes) {
    Symbol x = conv(conv(input, 32), 64);
    x = conv(pool(x), 128);
    return classify(x, classes);
  }

  /** Seven convolutions: 32, 32, pool, 128, 128, pool, 256, 256, pool, 512. */
  static Symbol cnn7(Symbol input, int classes) {
    Symbol x = pool(conv(conv(input, 32), 32));
    x = pool(conv(conv(x, 128), 128));
    x = pool(conv(conv(x, 256), 256));
    return classify(conv(x, 512), classes);
  }

  private static Symbol conv(Symbol x, int filters) {
    Symbol y = new Conv2D(filters, 3).padding(Padding.SAME).activation(RELU).apply(x);
    return new BatchNormalization().apply(y);
  }

  private static Symbol pool(Symbol x) {
    return new Dropout(0.2).apply(new MaxPooling2D(2).apply(x));
  }

  private static Symbol classify(Symbol x, int classes) {
    Symbol mean = new GlobalAveragePooling2D().apply(x);
    return new Dense(classes).activation(SOFTMAX).apply(mean);
  }
}
