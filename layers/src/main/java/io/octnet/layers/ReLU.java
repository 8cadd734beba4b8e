package io.octnet.layers;

import io.octnet.ops.LeakyRelu;
import io.octnet.ops.Relu;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** {@code max(x, 0)}, or {@code max(x, 0) + slope * min(x, 0)}. */
public final class ReLU extends Layer implements Deterministic {
  private final float negativeSlope;

  /** Zero for negative inputs. */
  public ReLU() {
    this(0);
  }

  /** With a slope for negative inputs. */
  public ReLU(double negativeSlope) {
    this.negativeSlope = (float) negativeSlope;
  }

  /** The slope for negative inputs. */
  public float negativeSlope() {
    return negativeSlope;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    return negativeSlope == 0 ? Relu.relu(x) : LeakyRelu.leakyRelu(x, negativeSlope);
  }
}
