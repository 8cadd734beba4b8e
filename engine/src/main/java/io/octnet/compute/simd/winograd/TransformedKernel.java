package io.octnet.compute.simd.winograd;

import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;

/**
 * A 3x3 kernel at the 36 points of F(4x4, 3x3): {@code G g G^T} for each pair of channels, packed
 * as [36][panels][depth][COLS].
 *
 * @param rotated whether it is turned by 180 degrees and its channels are exchanged, as
 *     backward-data has it
 * @param depth channels read
 * @param columns channels written
 */
public record TransformedKernel(boolean rotated, int depth, int columns) {
  private static final int POINTS = 36;

  int panels() {
    return (columns + Width.COLS - 1) / Width.COLS;
  }

  int length() {
    return POINTS * panels() * depth * Width.COLS;
  }

  /** G g G^T for every pair of channels; a task is one channel read. */
  void transform(Workers workers, float[] kernel, float[] to) {
    int padded = panels() * Width.COLS;
    workers.parallelFor(
        depth,
        c -> {
          float[] taps = Scratch.floats(Scratch.Use.BORDER, 9 * padded); // [3][3][columns]
          float[] half = Scratch.floats(Scratch.Use.ROWS, 18 * padded); // [6][3][columns]
          collectTaps(kernel, c, taps, padded);
          for (int s = 0; s < 3; s++) {
            WinogradTransforms.kernel(
                taps, s * padded, 3 * padded, 0, half, s * padded, 3 * padded, 0, 1, padded);
          }
          for (int i = 0; i < 6; i++) {
            WinogradTransforms.kernel(
                half,
                i * 3 * padded,
                padded,
                Width.COLS,
                to,
                (i * 6 * panels() * depth + c) * Width.COLS,
                panels() * depth * Width.COLS,
                depth * Width.COLS,
                panels(),
                Width.COLS);
          }
        });
  }

  /** The taps that read channel c: kernel (3, 3, C, K) forward; turned and transposed backward. */
  private void collectTaps(float[] kernel, int c, float[] taps, int padded) {
    for (int tap = 0; tap < 9; tap++) {
      if (rotated) { // kernel (3, 3, columns, depth)
        int from = (8 - tap) * columns * depth + c;
        for (int k = 0; k < columns; k++) {
          taps[tap * padded + k] = kernel[from + k * depth];
        }
      } else {
        System.arraycopy(kernel, (tap * depth + c) * columns, taps, tap * padded, columns);
      }
      Source.zero(taps, tap * padded + columns, padded - columns);
    }
  }
}
