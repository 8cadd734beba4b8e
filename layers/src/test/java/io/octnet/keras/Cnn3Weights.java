package io.octnet.keras;

import java.util.ArrayList;
import java.util.List;

/** What the three-layer network of the golden files expects, and the two other small models. */
final class Cnn3Weights {
  private Cnn3Weights() {}

  static ExpectedWeights expected() {
    return new ExpectedWeights(
        List.of(
            conv("conv2d", true, 3, 3, 3, 32),
            norm("batch_normalization", 32),
            conv("conv2d_1", true, 3, 3, 32, 64),
            norm("batch_normalization_1", 64),
            conv("conv2d_2", true, 3, 3, 64, 128),
            norm("batch_normalization_2", 128),
            dense("dense", 128, 4)));
  }

  /** The backbone with a dense layer on top; {@code nested} has it as a model inside a model. */
  static ExpectedWeights backbone() {
    List<ExpectedWeights.Layer> layers = new ArrayList<>();
    layers.add(conv("conv2d", false, 7, 7, 3, 8));
    layers.add(norm("batch_normalization", 8));
    layers.add(conv("conv2d_1", true, 1, 1, 8, 8));
    layers.add(norm("batch_normalization_1", 8));
    layers.add(conv("conv2d_2", false, 3, 3, 8, 4));
    layers.add(dense("dense", 192, 4));
    return new ExpectedWeights(layers);
  }

  static ExpectedWeights kinds() {
    List<ExpectedWeights.Layer> layers = new ArrayList<>(backbone().layers().subList(0, 5));
    layers.add(dense("dense", 192, 16));
    layers.add(norm("batch_normalization_2", 16));
    layers.add(dense("dense_1", 28, 4));
    return new ExpectedWeights(layers);
  }

  static ExpectedWeights.Layer conv(String name, boolean bias, int... kernel) {
    List<ExpectedWeights.Weight> weights = new ArrayList<>();
    weights.add(new ExpectedWeights.Weight("kernel", kernel));
    if (bias) {
      weights.add(new ExpectedWeights.Weight("bias", new int[] {kernel[3]}));
    }
    return new ExpectedWeights.Layer(name, "Conv2D", weights);
  }

  static ExpectedWeights.Layer dense(String name, int in, int out) {
    return new ExpectedWeights.Layer(
        name,
        "Dense",
        List.of(
            new ExpectedWeights.Weight("kernel", new int[] {in, out}),
            new ExpectedWeights.Weight("bias", new int[] {out})));
  }

  static ExpectedWeights.Layer norm(String name, int channels) {
    int[] shape = {channels};
    return new ExpectedWeights.Layer(
        name,
        "BatchNormalization",
        List.of(
            new ExpectedWeights.Weight("gamma", shape),
            new ExpectedWeights.Weight("beta", shape),
            new ExpectedWeights.Weight("moving_mean", shape),
            new ExpectedWeights.Weight("moving_variance", shape)));
  }
}
