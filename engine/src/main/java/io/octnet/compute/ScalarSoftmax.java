package io.octnet.compute;

/** Softmax over rows, by its definition; sums in double. */
final class ScalarSoftmax {
  private ScalarSoftmax() {}

  static void softmax(int rows, int classes, float[] x, float[] y) {
    for (int row = 0; row < rows; row++) {
      int at = row * classes;
      double logSum = logSumExp(classes, x, at);
      for (int i = at; i < at + classes; i++) {
        y[i] = (float) Math.exp(x[i] - logSum);
      }
    }
  }

  // dx = y * (dy - sum(dy * y))
  static void softmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx) {
    for (int row = 0; row < rows; row++) {
      double dot = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        dot += (double) dy[i] * y[i];
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        dx[i] = (float) (y[i] * (dy[i] - dot));
      }
    }
  }

  static void logSoftmax(int rows, int classes, float[] x, float[] y) {
    for (int row = 0; row < rows; row++) {
      int at = row * classes;
      double logSum = logSumExp(classes, x, at);
      for (int i = at; i < at + classes; i++) {
        y[i] = (float) (x[i] - logSum);
      }
    }
  }

  // dx = dy - exp(y) * sum(dy)
  static void logSoftmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx) {
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        sum += dy[i];
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        dx[i] = (float) (dy[i] - Math.exp(y[i]) * sum);
      }
    }
  }

  /** {@code log(sum(exp(x)))} of one row; the maximum is taken out, so that nothing overflows. */
  private static double logSumExp(int classes, float[] x, int at) {
    float max = x[at];
    for (int i = at + 1; i < at + classes; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = at; i < at + classes; i++) {
      sum += Math.exp((double) x[i] - max);
    }
    return max + Math.log(sum);
  }
}
