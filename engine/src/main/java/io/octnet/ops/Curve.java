package io.octnet.ops;

/**
 * Smooth and piecewise functions of one number, by Keras's names, with their derivatives: the table
 * behind {@link Activate}. {@code a} is the one parameter that some have; 0 for the others.
 */
public enum Curve {
  /** {@code x} where positive, else {@code a * (exp(x) - 1)}. Clevert et al., 2016. */
  ELU {
    @Override
    double of(double x, double a) {
      return x > 0 ? x : a * Math.expm1(x);
    }

    @Override
    double slope(double x, double a) {
      return x > 0 ? 1 : a * Math.exp(x);
    }
  },
  /** {@code max(x, 0) + min(0, a * (exp(x / a) - 1))}. */
  CELU {
    @Override
    double of(double x, double a) {
      return x > 0 ? x : a * Math.expm1(x / a);
    }

    @Override
    double slope(double x, double a) {
      return x > 0 ? 1 : Math.exp(x / a);
    }
  },
  /** ELU scaled so that activations keep mean 0 and variance 1. Klambauer et al., 2017. */
  SELU {
    @Override
    double of(double x, double a) {
      return SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
    }

    @Override
    double slope(double x, double a) {
      return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x));
    }
  },
  /** {@code x * Phi(x)}, Phi the normal distribution: {@code x * (1 + erf(x / sqrt(2))) / 2}. */
  GELU {
    @Override
    double of(double x, double a) {
      return x * Normal.distribution(x);
    }

    @Override
    double slope(double x, double a) {
      return Normal.distribution(x) + x * Normal.density(x);
    }
  },
  /** GELU by a tanh: {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))}. */
  GELU_TANH {
    @Override
    double of(double x, double a) {
      return 0.5 * x * (1 + Math.tanh(ROOT * (x + CUBE * x * x * x)));
    }

    @Override
    double slope(double x, double a) {
      double t = Math.tanh(ROOT * (x + CUBE * x * x * x));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * ROOT * (1 + 3 * CUBE * x * x);
    }
  },
  /** {@code x * sigmoid(x)}, also called swish. */
  SILU {
    @Override
    double of(double x, double a) {
      return x * sigmoid(x);
    }

    @Override
    double slope(double x, double a) {
      double s = sigmoid(x);
      return s + x * s * (1 - s);
    }
  },
  /** {@code x * tanh(softplus(x))}. Misra, 2019. */
  MISH {
    @Override
    double of(double x, double a) {
      return x * Math.tanh(softplus(x));
    }

    @Override
    double slope(double x, double a) {
      double t = Math.tanh(softplus(x));
      return t + x * (1 - t * t) * sigmoid(x);
    }
  },
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS {
    @Override
    double of(double x, double a) {
      return softplus(x);
    }

    @Override
    double slope(double x, double a) {
      return sigmoid(x);
    }
  },
  /** {@code x / (1 + |x|)}. */
  SOFTSIGN {
    @Override
    double of(double x, double a) {
      return x / (1 + Math.abs(x));
    }

    @Override
    double slope(double x, double a) {
      double d = 1 + Math.abs(x);
      return 1 / (d * d);
    }
  },
  /** {@code exp(x)}. */
  EXPONENTIAL {
    @Override
    double of(double x, double a) {
      return Math.exp(x);
    }

    @Override
    double slope(double x, double a) {
      return Math.exp(x);
    }
  },
  /** {@code log(sigmoid(x))}. */
  LOG_SIGMOID {
    @Override
    double of(double x, double a) {
      return -softplus(-x);
    }

    @Override
    double slope(double x, double a) {
      return sigmoid(-x);
    }
  },
  /** {@code clip(x / 6 + 1/2, 0, 1)}: Keras 3's. */
  HARD_SIGMOID {
    @Override
    double of(double x, double a) {
      return clip(x / 6 + 0.5, 0, 1);
    }

    @Override
    double slope(double x, double a) {
      return Math.abs(x) < 3 ? 1 / 6.0 : 0;
    }
  },
  /** {@code clip(0.2 * x + 1/2, 0, 1)}: Keras 2's. */
  HARD_SIGMOID_KERAS2 {
    @Override
    double of(double x, double a) {
      return clip(0.2 * x + 0.5, 0, 1);
    }

    @Override
    double slope(double x, double a) {
      return Math.abs(x) < 2.5 ? 0.2 : 0;
    }
  },
  /** {@code x * HARD_SIGMOID(x)}. Howard et al., 2019. */
  HARD_SILU {
    @Override
    double of(double x, double a) {
      return x * clip(x / 6 + 0.5, 0, 1);
    }

    @Override
    double slope(double x, double a) {
      return x >= 3 ? 1 : x <= -3 ? 0 : x / 3 + 0.5;
    }
  },
  /** {@code clip(x, -1, 1)}. */
  HARD_TANH {
    @Override
    double of(double x, double a) {
      return clip(x, -1, 1);
    }

    @Override
    double slope(double x, double a) {
      return Math.abs(x) < 1 ? 1 : 0;
    }
  },
  /** {@code x} where {@code |x| > a}, else 0. */
  HARD_SHRINK {
    @Override
    double of(double x, double a) {
      return Math.abs(x) > a ? x : 0;
    }

    @Override
    double slope(double x, double a) {
      return Math.abs(x) > a ? 1 : 0;
    }
  },
  /** {@code x - a} above a, {@code x + a} below -a, else 0. */
  SOFT_SHRINK {
    @Override
    double of(double x, double a) {
      return x > a ? x - a : x < -a ? x + a : 0;
    }

    @Override
    double slope(double x, double a) {
      return Math.abs(x) > a ? 1 : 0;
    }
  },
  /** {@code x - tanh(x)}. */
  TANH_SHRINK {
    @Override
    double of(double x, double a) {
      return x - Math.tanh(x);
    }

    @Override
    double slope(double x, double a) {
      double t = Math.tanh(x);
      return t * t;
    }
  },
  /** {@code (x + sqrt(x^2 + a)) / 2}. */
  SQUAREPLUS {
    @Override
    double of(double x, double a) {
      return (x + Math.sqrt(x * x + a)) / 2;
    }

    @Override
    double slope(double x, double a) {
      return (1 + x / Math.sqrt(x * x + a)) / 2;
    }
  };

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double ROOT = Math.sqrt(2 / Math.PI);
  private static final double CUBE = 0.044715;

  /** The value at x. */
  abstract double of(double x, double a);

  /** The derivative at x. */
  abstract double slope(double x, double a);

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double clip(double x, double least, double most) {
    return Double.isNaN(x) ? x : Math.clamp(x, least, most);
  }
}
