package io.octnet.gradcheck;

import io.octnet.ops.Activate;
import io.octnet.ops.ClippedRelu;
import io.octnet.ops.Curve;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trials of the activations: one spec for each entry of the table of curves. */
final class CurveTrials {
  private CurveTrials() {}

  /** A spec a curve, and the rectifiers'. */
  static List<OpSpec> specs() {
    List<OpSpec> specs = new ArrayList<>();
    for (Curve curve : Curve.values()) {
      String name = curve.name().toLowerCase(Locale.ROOT);
      specs.add(new OpSpec(name, Activate.class, draw -> curve(draw, curve)));
    }
    specs.add(new OpSpec("clipped_relu", ClippedRelu.class, CurveTrials::clippedRelu));
    return specs;
  }

  private static Trial curve(Draw draw, Curve curve) {
    Shape shape = draw.shape(draw.between(1, 4));
    double a = parameter(curve);
    Tensor x =
        switch (curve) {
          case ELU, CELU, SELU, SOFTSIGN, TANH_SHRINK -> draw.awayFromZero(shape);
          case HARD_SIGMOID, HARD_SILU -> beside(draw, shape, 3);
          case HARD_SIGMOID_KERAS2 -> beside(draw, shape, 2.5f);
          case HARD_TANH, HARD_SHRINK, SOFT_SHRINK -> beside(draw, shape, 1);
          default -> draw.values(shape);
        };
    return Trial.of(
        a == 0 ? "" : "parameter " + a, in -> Activate.activate(in.get(0), curve, a), x);
  }

  private static double parameter(Curve curve) {
    return switch (curve) {
      case ELU, CELU -> 0.5;
      case HARD_SHRINK, SOFT_SHRINK -> 1;
      case SQUAREPLUS -> 4;
      default -> 0;
    };
  }

  /** All values beyond the bends at {@code -at} and {@code at}, or all between them. */
  private static Tensor beside(Draw draw, Shape shape, float at) {
    if (draw.coin()) {
      return draw.awayFromZero(shape, at + 0.75f);
    }
    Tensor x = draw.values(shape);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] /= 8; // within 1/4, and a step
    }
    return x;
  }

  /** Values are far from the threshold at -2 and from the bound at 3, on all three sides. */
  private static Trial clippedRelu(Draw draw) {
    Tensor x = draw.values(draw.shape(draw.between(1, 4)));
    int side = draw.between(-1, 1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = x.data()[i] / 2 + 0.5f + 4 * side;
    }
    ClippedRelu.Limits limits = new ClippedRelu.Limits(0.25f, 3, -2);
    return Trial.of("", in -> ClippedRelu.clippedRelu(in.get(0), limits), x);
  }
}
