package io.octnet.losses;

import io.octnet.layers.ActivationFunction;
import io.octnet.ops.Targets;
import io.octnet.tensor.Tensor;

/**
 * A number for how far a batch's output is from its targets, with a gradient. A function of output
 * and targets is one.
 */
@FunctionalInterface
public interface Loss {

  /**
   * The mean loss of a batch.
   *
   * @param output (N, ...): the model's, or what {@link #activation} would be applied to
   * @return a scalar, one hold of the caller's
   */
  Tensor of(Tensor output, Targets targets);

  /**
   * The activation that the loss contains, so that it is exact where rounded probabilities are not:
   * the model must end in it. Null, the default, for a loss of the output itself.
   */
  default ActivationFunction activation() {
    return null;
  }

  /**
   * How many of the examples are right, shares of an example with several outputs counted; NaN, the
   * default, where right and wrong mean nothing.
   */
  default double correct(Tensor output, Targets targets) {
    return Double.NaN;
  }
}
