package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Layer normalisation of rows: {@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta},
 * mean and variance over the last axis. x: (..., C), gamma, beta: (C). Ba et al., 2016.
 */
public final class LayerNorm extends Node {
  private final Tensor x;
  private final Tensor gamma;
  private final double epsilon;

  private LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon) {
    super(inputs(x, gamma, beta), x, gamma);
    this.x = x;
    this.gamma = gamma;
    this.epsilon = epsilon;
  }

  /** Mean and inverse standard deviation of a row. */
  private record Statistics(double mean, double invStd) {
    static Statistics of(float[] x, int at, int channels, double epsilon) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += x[at + c];
      }
      double mean = sum / channels;
      double squares = 0;
      for (int c = 0; c < channels; c++) {
        squares += (x[at + c] - mean) * (x[at + c] - mean);
      }
      return new Statistics(mean, 1 / Math.sqrt(squares / channels + epsilon));
    }
  }

  /**
   * The normalised rows.
   *
   * @param gamma (C), or null for ones
   * @param beta (C), or null for zeros
   */
  public static Tensor layerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon) {
    Check.rankAtLeast("layer_norm", "x", x, 1);
    Check.that(epsilon >= 0, "layer_norm", "epsilon must not be negative, received %s", epsilon);
    int channels = x.dim(-1);
    if (gamma != null) {
      Check.shape("layer_norm", "gamma for x " + x.shape(), gamma, Shape.of(channels));
    }
    if (beta != null) {
      Check.shape("layer_norm", "beta for x " + x.shape(), beta, Shape.of(channels));
    }
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    Ranges.run(
        x.size() / channels,
        channels,
        (from, to) -> {
          for (int at = from * channels; at < to * channels; at += channels) {
            Statistics s = Statistics.of(x.data(), at, channels, epsilon);
            for (int c = 0; c < channels; c++) {
              double xhat = (x.data()[at + c] - s.mean) * s.invStd;
              double scaled = gamma == null ? xhat : gamma.data()[c] * xhat;
              y.data()[at + c] = (float) (beta == null ? scaled : scaled + beta.data()[c]);
            }
          }
        });
    return Autograd.record(y, new LayerNorm(x, gamma, beta, epsilon));
  }

  // xhat = (x - mean) * invStd, g = dy * gamma; dBeta = sum dy, dGamma = sum dy * xhat over rows,
  // dx = invStd * (g - mean(g) - xhat * mean(g * xhat)), means over the row
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = needsGrad(0) ? Tensor.allocate(Backend.compute().pool(), x.shape()) : null;
    int channels = x.dim(-1);
    if (dx != null) {
      Ranges.run(
          x.size() / channels,
          channels,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              inputGradient(row * channels, channels, dy.data(), dx.data());
            }
          });
    }
    Tensor dGamma = needsGrad(1) ? weightGradient(dy, true) : null;
    Tensor dBeta = needsGrad(2) ? weightGradient(dy, false) : null;
    return new Tensor[] {dx, dGamma, dBeta};
  }

  private void inputGradient(int at, int channels, float[] dy, float[] dx) {
    Statistics s = Statistics.of(x.data(), at, channels, epsilon);
    double sum = 0;
    double product = 0;
    for (int c = 0; c < channels; c++) {
      double g = gamma == null ? dy[at + c] : (double) dy[at + c] * gamma.data()[c];
      sum += g;
      product += g * (x.data()[at + c] - s.mean) * s.invStd;
    }
    for (int c = 0; c < channels; c++) {
      double g = gamma == null ? dy[at + c] : (double) dy[at + c] * gamma.data()[c];
      double xhat = (x.data()[at + c] - s.mean) * s.invStd;
      dx[at + c] = (float) (s.invStd * (g - sum / channels - xhat * product / channels));
    }
  }

  private Tensor weightGradient(Tensor dy, boolean ofGamma) {
    int channels = x.dim(-1);
    Tensor gradient = Tensor.allocate(Backend.compute().pool(), Shape.of(channels));
    Backend.compute()
        .parallelFor(
            1,
            task -> {
              double[] sums = new double[channels];
              for (int at = 0; at < x.size(); at += channels) {
                Statistics s = ofGamma ? Statistics.of(x.data(), at, channels, epsilon) : null;
                for (int c = 0; c < channels; c++) {
                  double factor = ofGamma ? (x.data()[at + c] - s.mean) * s.invStd : 1;
                  sums[c] += dy.data()[at + c] * factor;
                }
              }
              for (int c = 0; c < channels; c++) {
                gradient.data()[c] = (float) sums[c];
              }
            });
    return gradient;
  }
}
