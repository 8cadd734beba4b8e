package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@link Dropout} of whole channels of an image. Tompson et al., 2015. */
public final class SpatialDropout2D extends Layer {
  private static final int[] CHANNELS = {1, 1, 0};

  private final double rate;

  /** With this rate, in [0, 1). */
  public SpatialDropout2D(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw error("the rate must lie in [0, 1), received %s", rate);
    }
    this.rate = rate;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return image(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    return pass.training() && rate > 0
        ? Masks.dropped(x, CHANNELS, (float) rate, pass.seedOf(this))
        : x.retain();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("rate", rate);
  }
}
