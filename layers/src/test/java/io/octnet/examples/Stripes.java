package io.octnet.examples;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;

import io.octnet.layers.*;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.models.*;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Tells upright stripes from level ones. */
public final class Stripes {
  public static void main(String[] args) {
    Tensor x = Tensor.zeros(Shape.of(64, 8, 8, 1)); // examples, height, width, channels
    int[] labels = new int[64];
    for (int i = 0; i < x.size(); i++) {
      int n = i / 64;
      labels[n] = n % 2;
      int place = labels[n] == 0 ? i % 8 : i / 8 % 8; // column or row
      x.data()[i] = (place + n / 2) % 4 < 2 ? 1 : 0;
    }
    Symbol input = InputLayer.input(8, 8, 1);
    Symbol y = new Conv2D(8, 3).activation(RELU).apply(input);
    y = new GlobalMaxPooling2D().apply(y);
    Model model = Model.of("stripes", new Dense(2).activation(SOFTMAX).apply(y)).initialize(42);

    ArrayBatches data = ArrayBatches.of(x, labels, 16, 42);
    model.compile(new Adam(0.02), new CategoricalCrossentropy()).fit(data, null, 30);
    System.out.println(model.evaluate(data.inOrder()));
    try (Inference inference = Inference.of(model)) { // safe to use from several threads
      Tensor probabilities = inference.predict(x); // (64, 2)
      System.out.println("upright: " + probabilities.data()[0]);
      probabilities.release();
    }
  }
}
