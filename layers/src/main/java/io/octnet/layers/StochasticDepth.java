package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@link Dropout} of whole examples: a branch is left out of some. Huang et al., 2016. */
public final class StochasticDepth extends Layer {
  private final double rate;

  /** With this rate, in [0, 1). */
  public StochasticDepth(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw error("the rate must lie in [0, 1), received %s", rate);
    }
    this.rate = rate;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (!pass.training() || rate == 0) {
      return x.retain();
    }
    int[] example = new int[x.shape().rank() - 1];
    Arrays.fill(example, 1);
    return Masks.dropped(x, example, (float) rate, pass.seedOf(this));
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("drop_path_rate", rate);
  }
}
