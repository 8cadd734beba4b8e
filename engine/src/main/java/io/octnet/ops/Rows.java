package io.octnet.ops;

import io.octnet.tensor.Tensor;

/** Work on the last axis, row by row, on the threads of the back-end. */
final class Rows {
  private Rows() {}

  /** Elements {@code from..to-1} of one row. */
  interface Row {
    void run(int from, int to);
  }

  static void forEach(Tensor x, Row row) {
    int length = x.dim(-1);
    Ranges.run(
        x.size() / length,
        length,
        (first, end) -> {
          for (int i = first; i < end; i++) {
            row.run(i * length, (i + 1) * length);
          }
        });
  }

  /** {@code log(sum(exp(x)))}; the maximum is taken out, so that nothing overflows. */
  static double logSumExp(float[] x, int from, int to) {
    float max = x[from];
    for (int i = from + 1; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.exp((double) x[i] - max);
    }
    return max + Math.log(sum);
  }
}
