package io.octnet.report;

import io.octnet.text.Text;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A square of classes, rows true, columns predicted.
 *
 * @param shares 0 to 1, the depth of a cell's colour
 * @param texts what stands in a cell
 */
record Matrix(String id, String title, double[][] shares, String[][] texts) {

  /** The confusion matrix, and its rows and columns as shares. */
  static List<Matrix> of(int[][] confusion) {
    return List.of(
        make("confusion", "Confusion matrix: how many", confusion, false, true),
        make("recall", "Recall: of the true class", confusion, false, false),
        make("precision", "Precision: of the predicted class", confusion, true, false));
  }

  private static Matrix make(
      String id, String title, int[][] counts, boolean byColumn, boolean asCounts) {
    int n = counts.length;
    double[][] shares = new double[n][n];
    String[][] texts = new String[n][n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        int column = c;
        int sum =
            byColumn
                ? IntStream.range(0, n).map(i -> counts[i][column]).sum()
                : IntStream.of(counts[r]).sum();
        shares[r][c] = sum == 0 ? 0 : (double) counts[r][c] / sum;
        texts[r][c] =
            asCounts
                ? String.valueOf(counts[r][c])
                : sum == 0 ? "-" : Text.format("%.2f", shares[r][c]);
      }
    }
    return new Matrix(id, title, shares, texts);
  }

  /** A cell's share, in percent. */
  String percent(int row, int column) {
    return Text.format("%.0f", 100 * shares[row][column]);
  }
}
