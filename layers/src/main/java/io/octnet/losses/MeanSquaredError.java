package io.octnet.losses;

import static io.octnet.ops.MeanSquaredError.meanSquaredError;
import static io.octnet.ops.Multiply.multiply;

import io.octnet.ops.Targets;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;

/** {@code mean of weight * (output - target)^2} over all outputs of all examples: for numbers. */
public record MeanSquaredError() implements Loss {
  @Override
  public Tensor of(Tensor output, Targets targets) {
    int each = targets.classes();
    if (output.dim(0) != targets.batch() || output.size() != targets.batch() * each) {
      throw new IllegalArgumentException(
          Text.format(
              "mean_squared_error: an output of shape %s has no targets of %d examples, %d numbers each",
              output.shape(), targets.batch(), each));
    }
    float[] target = targets.distribution().clone();
    float[] roots = new float[targets.batch()]; // of the weights: they stand inside the square
    for (int i = 0; i < target.length; i++) {
      roots[i / each] = (float) Math.sqrt(targets.weights()[i / each]);
      target[i] *= roots[i / each];
    }
    int[] ones = new int[output.shape().rank()];
    Arrays.fill(ones, 1);
    ones[0] = roots.length;
    Tensor weighted = multiply(output, Tensor.of(Shape.of(ones), roots));
    Tensor loss = meanSquaredError(weighted, Tensor.of(output.shape(), target));
    weighted.release();
    return loss;
  }
}
