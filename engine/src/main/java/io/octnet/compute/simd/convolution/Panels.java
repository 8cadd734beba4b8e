package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.kernel.Width;
import java.util.function.IntConsumer;

/**
 * Weights packed for {@link Width#panel}: [columns / COLS][depth][COLS], both padded with zeros,
 * depth to whole steps.
 */
public record Panels(float[] data, int depth, int columns) {

  /** How many floats a packed (depth, columns) matrix takes. */
  public static int length(int depth, int columns) {
    return Width.roundUp(depth, Width.STEP) * Width.roundUp(columns, Width.COLS);
  }

  /** Number of panels. */
  int count() {
    return (columns + Width.COLS - 1) / Width.COLS;
  }

  /** Depth as the kernel sees it. */
  int steps() {
    return Math.ceilDiv(depth, Width.STEP);
  }

  /** Where panel {@code p} starts. */
  int at(int p) {
    return p * steps() * Width.STEP * Width.COLS;
  }

  /** Packs (depth, columns), row-major with {@code stride}, or its transpose's storage. */
  static Panels pack(
      float[] to, float[] from, int at, boolean transposed, int stride, int depth, int columns) {
    Panels panels = new Panels(to, depth, columns);
    for (int p = 0; p < panels.count(); p++) {
      panels.packOne(p, from, at, transposed, stride);
    }
    return panels;
  }

  void packOne(int p, float[] from, int at, boolean transposed, int stride) {
    int first = p * Width.COLS;
    int width = Math.min(Width.COLS, columns - first);
    int to = at(p);
    for (int d = 0; d < depth; d++, to += Width.COLS) {
      if (transposed) {
        for (int j = 0; j < width; j++) {
          data[to + j] = from[at + (first + j) * stride + d];
        }
      } else {
        System.arraycopy(from, at + d * stride + first, data, to, width);
      }
      Source.zero(data, to + width, Width.COLS - width);
    }
    zeroRest(to);
  }

  /** From the end of a panel's depth to its last step. */
  private void zeroRest(int at) {
    Source.zero(data, at, (steps() * Width.STEP - depth) * Width.COLS);
  }

  /** A kernel (R, S, C, K) for the forward direction: depth R S C, columns K. */
  public static Panels forward(float[] to, ConvGeometry g, float[] kernel) {
    int depth = g.kernelHeight() * g.kernelWidth() * g.inChannels();
    return pack(to, kernel, 0, false, g.outChannels(), depth, g.outChannels());
  }

  /** A kernel (R, S, C, K) for backward-data: depth R S K, columns C. */
  public static Panels backwardData(float[] to, ConvGeometry g, float[] kernel) {
    int taps = g.kernelHeight() * g.kernelWidth();
    int c = g.inChannels();
    int k = g.outChannels();
    Panels panels = new Panels(to, taps * k, c);
    IntConsumer onePanel =
        p -> {
          int first = p * Width.COLS;
          int width = Math.min(Width.COLS, c - first);
          int at = panels.at(p);
          for (int d = 0; d < taps * k; d++, at += Width.COLS) {
            int from = (d / k * c + first) * k + d % k;
            for (int j = 0; j < width; j++) {
              to[at + j] = kernel[from + j * k];
            }
            Source.zero(to, at + width, Width.COLS - width);
          }
          panels.zeroRest(at);
        };
    for (int p = 0; p < panels.count(); p++) {
      onePanel.accept(p);
    }
    return panels;
  }

  /** Offsets of the steps in a slab of {@code pixels} pixels, for {@code depth} channels. */
  public static int[] slabOffsets(int depth, int pixels) {
    int[] offsets = new int[Math.ceilDiv(depth, Width.STEP)];
    for (int i = 0; i < offsets.length; i++) {
      int channel = Width.STEP * i;
      offsets[i] = channel / Width.SLAB * pixels * Width.SLAB + channel % Width.SLAB;
    }
    return offsets;
  }
}
