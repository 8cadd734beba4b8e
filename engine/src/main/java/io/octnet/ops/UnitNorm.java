package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;

/** Rows of length 1: {@code y = x / sqrt(max(sum of x^2, 1e-12))} over the last axis. */
public final class UnitNorm extends Node {
  private static final double LEAST = 1e-12;

  private final Tensor x;

  private UnitNorm(Tensor x) {
    super(inputs(x), x);
    this.x = x;
  }

  /** The rows of x: (..., C), each divided by its length. */
  public static Tensor unitNorm(Tensor x) {
    Check.rankAtLeast("unit_norm", "x", x, 1);
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    int channels = x.dim(-1);
    Ranges.run(
        x.size() / channels,
        channels,
        (from, to) -> {
          for (int at = from * channels; at < to * channels; at += channels) {
            double length = length(x.data(), at, channels);
            for (int c = 0; c < channels; c++) {
              y.data()[at + c] = (float) (x.data()[at + c] / length);
            }
          }
        });
    return Autograd.record(y, new UnitNorm(x));
  }

  private static double length(float[] x, int at, int channels) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += (double) x[at + c] * x[at + c];
    }
    return Math.sqrt(Math.max(sum, LEAST));
  }

  // dx = (dy - y * sum(dy * y)) / length
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), x.shape());
    int channels = x.dim(-1);
    Ranges.run(
        x.size() / channels,
        channels,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            inputGradient(row * channels, channels, dy.data(), dx.data());
          }
        });
    return new Tensor[] {dx};
  }

  private void inputGradient(int at, int channels, float[] dy, float[] dx) {
    double length = length(x.data(), at, channels);
    double product = 0;
    for (int c = 0; c < channels; c++) {
      product += dy[at + c] * (x.data()[at + c] / length);
    }
    for (int c = 0; c < channels; c++) {
      double y = x.data()[at + c] / length;
      dx[at + c] = (float) ((dy[at + c] - y * product) / length);
    }
  }
}
