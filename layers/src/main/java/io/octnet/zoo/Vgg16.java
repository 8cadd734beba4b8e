package io.octnet.zoo;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.Flatten;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Symbol;
import io.octnet.ops.Padding;

/** VGG16 (Simonyan and Zisserman, 2014) as in keras.applications. */
final class Vgg16 {
  private static final int[] FILTERS = {64, 128, 256, 512, 512};
  private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};

  private Vgg16() {}

  static Symbol features(Symbol input) {
    Symbol x = input;
    for (int block = 0; block < FILTERS.length; block++) {
      String prefix = "block" + (block + 1);
      for (int i = 1; i <= CONVOLUTIONS[block]; i++) {
        x =
            new Conv2D(FILTERS[block], 3)
                .padding(Padding.SAME)
                .activation(RELU)
                .named(prefix + "_conv" + i)
                .apply(x);
      }
      x = new MaxPooling2D(2).named(prefix + "_pool").apply(x);
    }
    return x;
  }

  static Symbol top(Symbol features, int classes) {
    Symbol x = new Flatten().named("flatten").apply(features);
    x = new Dense(4096).activation(RELU).named("fc1").apply(x);
    x = new Dense(4096).activation(RELU).named("fc2").apply(x);
    return new Dense(classes).activation(SOFTMAX).named("predictions").apply(x);
  }

  /** The article's head. */
  static Symbol head(Symbol features, int classes) {
    Symbol x = new Dense(384).activation(RELU).apply(new Flatten().apply(features));
    x = new Dropout(0.5).apply(new BatchNormalization().apply(x));
    x = new Dropout(0.5).apply(new Dense(256).activation(RELU).apply(x));
    x = new Dense(32).activation(RELU).apply(x);
    return new Dense(classes).activation(SOFTMAX).apply(x);
  }
}
