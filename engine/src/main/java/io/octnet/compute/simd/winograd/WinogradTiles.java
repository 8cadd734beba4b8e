package io.octnet.compute.simd.winograd;

import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;

/**
 * Cuts a picture (images, height, width, channels) into overlapping tiles at steps of 4 and brings
 * them to the six points, in slabs [36][channels / 16][tiles][16]. Tiles of 6 x 6 for an input, of
 * 4 x 4 for a gradient.
 */
public record WinogradTiles(
    int height, int width, int channels, int tileSize, int padTop, int padLeft, int tilesAcross) {
  private static final int POINTS = 6;

  /** Channels taken at once, and tiles: what stays in L1 between the two passes. */
  private int sliceChannels() {
    return channels >= 256 ? 256 : 64;
  }

  private int sliceTiles() {
    return channels >= 256 ? 7 : 14;
  }

  /**
   * One row of tiles: first down the columns of the picture, then along the rows.
   *
   * @param tileAt number of the row's first tile in the slabs
   * @param tiles tiles in a slab
   * @param plane from one of the 36 planes to the next
   */
  void transformRow(
      Source source, int image, int tileRow, float[] slabs, int tileAt, int tiles, int plane) {
    int top = tileRow * 4 - padTop;
    boolean direct = source.isPlain() || source.scale() != null; // else copied, and changed
    boolean inside = direct && top >= 0 && top + tileSize <= height;
    for (int first = 0; first < tilesAcross; first += sliceTiles()) {
      int count = Math.min(sliceTiles(), tilesAcross - first);
      int columns = count * 4 + tileSize - 4;
      int left = first * 4 - padLeft;
      int from = Math.max(0, left);
      int to = Math.min(width, left + columns);
      for (int c = 0; c < channels; c += sliceChannels()) {
        int depth = Math.min(sliceChannels(), channels - c);
        float[] points = Scratch.floats(Scratch.Use.ROWS, POINTS * columns * depth);
        down(source, image, top, inside, from - left, from, to, columns, c, depth, points);
        along(points, columns, c, depth, count, slabs, tileAt + first, tiles, plane);
      }
    }
  }

  // points: [6][columns][depth]
  private void down(
      Source source,
      int image,
      int top,
      boolean inside,
      int skipped,
      int from,
      int to,
      int columns,
      int c,
      int depth,
      float[] points) {
    int row = columns * depth;
    int present = Math.max(0, to - from);
    for (int i = 0; present < columns && i < POINTS; i++) {
      Source.zero(points, i * row, skipped * depth);
      Source.zero(
          points, i * row + (skipped + present) * depth, (columns - skipped - present) * depth);
    }
    if (present == 0) {
      return;
    }
    float[] a = source.x();
    int aAt = ((image * height + top) * width + from) * channels + c;
    int aRow = width * channels;
    int aItem = channels;
    if (!inside) {
      a = Scratch.floats(Scratch.Use.BORDER, tileSize * row);
      copyRows(source, image, top, from, present, c, depth, a, row);
      aAt = 0;
      aRow = row;
      aItem = depth;
    }
    int items = present;
    int item = depth;
    if (aItem == depth) { // pixels are neighbours: one long item
      items = 1;
      item = present * depth;
    }
    int bAt = skipped * depth;
    if (inside && source.scale() != null) {
      float least = source.relu() ? 0 : Float.NEGATIVE_INFINITY;
      WinogradTransforms.inputScaled(
          a,
          aAt,
          aRow,
          aItem,
          points,
          bAt,
          row,
          depth,
          items,
          item,
          source.scale(),
          source.shift(),
          c,
          depth,
          least);
    } else if (tileSize == 6) {
      WinogradTransforms.input(a, aAt, aRow, aItem, points, bAt, row, depth, items, item);
    } else {
      WinogradTransforms.gradient(a, aAt, aRow, aItem, points, bAt, row, depth, items, item);
    }
  }

  private void copyRows(
      Source source,
      int image,
      int top,
      int from,
      int present,
      int c,
      int depth,
      float[] to,
      int row) {
    for (int r = 0; r < tileSize; r++) {
      int h = top + r;
      if (h < 0 || h >= height) {
        Source.zero(to, r * row, present * depth);
      } else {
        int at = ((image * height + h) * width + from) * channels + c;
        source.copyPixels(at, c, present, channels, depth, to, r * row);
      }
    }
  }

  private void along(
      float[] points,
      int columns,
      int c,
      int depth,
      int count,
      float[] slabs,
      int tileAt,
      int tiles,
      int plane) {
    for (int slab = 0; slab < depth; slab += Width.SLAB) {
      int to = (c + slab) * tiles + tileAt * Width.SLAB;
      for (int i = 0; i < POINTS; i++) {
        int from = i * columns * depth + slab;
        int at = i * POINTS * plane + to;
        if (tileSize == 6) {
          WinogradTransforms.inputSlabs(points, from, depth, 4 * depth, slabs, at, plane, count);
        } else {
          WinogradTransforms.gradientSlabs(points, from, depth, 4 * depth, slabs, at, plane, count);
        }
      }
    }
  }
}
