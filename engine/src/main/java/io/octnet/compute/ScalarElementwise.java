package io.octnet.compute;

import io.octnet.random.RandomStream;

/** Elementwise functions and the optimizer's step, by their definitions. */
final class ScalarElementwise {
  private ScalarElementwise() {}

  static void unary(Unary f, float parameter, int n, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] =
          switch (f) {
            case RELU -> Math.max(x[i], 0);
            case LEAKY_RELU -> x[i] > 0 ? x[i] : parameter * x[i];
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x[i])));
            case TANH -> (float) Math.tanh(x[i]);
            case SCALE -> parameter * x[i];
          };
    }
  }

  static void unaryBackward(
      Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx) {
    for (int i = 0; i < n; i++) {
      dx[i] =
          switch (f) {
            case RELU -> y[i] > 0 ? dy[i] : 0;
            case LEAKY_RELU -> x[i] > 0 ? dy[i] : parameter * dy[i];
            case SIGMOID -> dy[i] * y[i] * (1 - y[i]);
            case TANH -> dy[i] * (1 - y[i] * y[i]);
            case SCALE -> parameter * dy[i];
          };
    }
  }

  static void dropout(int n, float rate, long seed, float[] x, float[] y) {
    float scale = 1 / (1 - rate);
    for (int i = 0; i < n; i++) {
      y[i] = RandomStream.uniform(seed, i) >= rate ? x[i] * scale : 0;
    }
  }

  static void adam(
      int n,
      float rate,
      double beta1,
      double beta2,
      float epsilon,
      float[] g,
      float[] m,
      float[] v,
      float[] w) {
    float share1 = (float) (1 - beta1);
    float share2 = (float) (1 - beta2);
    for (int i = 0; i < n; i++) {
      m[i] += (g[i] - m[i]) * share1;
      v[i] += (g[i] * g[i] - v[i]) * share2;
      w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
