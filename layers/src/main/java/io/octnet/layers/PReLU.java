package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.Multiply;
import io.octnet.ops.Relu;
import io.octnet.ops.Scale;
import io.octnet.ops.Subtract;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code x} where positive, else {@code alpha * x}, with slopes that are learned. Weights: alpha,
 * of an example's shape, of length 1 along shared axes. He et al., 2015.
 */
public final class PReLU extends Layer implements Deterministic {
  private final int[] sharedAxes;
  private Parameter alpha;

  /**
   * With one slope along some axes.
   *
   * @param sharedAxes as Keras counts them: the batch axis is 0
   */
  public PReLU(int... sharedAxes) {
    this.sharedAxes = sharedAxes.clone();
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    int[] dims = x.toArray();
    for (int axis : sharedAxes) {
      if (axis < 1 || axis > dims.length) {
        throw error("%s has no axis %d", x, axis);
      }
      dims[axis - 1] = 1;
    }
    alpha = addWeight("alpha", Shape.of(dims), Initializers.ZEROS, true);
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor minus = Scale.scale(x, -1);
    Tensor below = Relu.relu(minus);
    Tensor sloped = Multiply.multiply(below, alpha.tensor());
    Tensor above = Relu.relu(x);
    Tensor y = Subtract.subtract(above, sloped);
    List.of(minus, below, sloped, above).forEach(Tensor::release);
    return y;
  }

  /** The slopes. */
  public Parameter alpha() {
    return alpha;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("shared_axes", Arrays.stream(sharedAxes).boxed().toList());
  }
}
