package io.octnet.gradcheck;

import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A computation at one point, whose gradients are to be checked.
 *
 * @param parameters what was drawn beside shapes, for the reader of a failure
 * @param inputs the tensors whose gradients are checked
 * @param computation a deterministic function of the inputs
 * @param network whether this is a whole network, rounded after each of its layers and with kinks
 *     of rectifiers near the point, so that less can be asked of its numeric derivatives
 */
public record Trial(
    String parameters,
    List<Tensor> inputs,
    Function<List<Tensor>, Tensor> computation,
    boolean network) {

  /** An op that is smooth at this point. */
  public static Trial of(
      String parameters, Function<List<Tensor>, Tensor> computation, Tensor... inputs) {
    return new Trial(parameters, List.of(inputs), computation, false);
  }

  /** The same, checked as a network. */
  public Trial asNetwork() {
    return new Trial(parameters, inputs, computation, true);
  }

  /** Shapes of the inputs and parameters. */
  @Override
  public String toString() {
    String shapes =
        inputs.stream().map(input -> input.shape().toString()).collect(Collectors.joining(" "));
    return parameters.isEmpty() ? shapes : shapes + " " + parameters;
  }

  /** The inputs as fresh leaves over copies of the data. */
  List<Tensor> leaves() {
    return inputs.stream()
        .map(input -> Tensor.of(input.shape(), Arrays.copyOf(input.data(), input.size())))
        .toList();
  }
}
