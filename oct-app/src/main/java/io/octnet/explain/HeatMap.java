package io.octnet.explain;

import io.octnet.text.Text;

/**
 * How much each place of a picture speaks for a class, 0 to 1.
 *
 * @param values (height, width)
 */
public record HeatMap(int height, int width, float[] values) {
  public HeatMap {
    if (height < 1 || width < 1 || values.length != height * width) {
      throw new IllegalArgumentException(
          Text.format("expected %d x %d values, received %d", height, width, values.length));
    }
  }

  /** The value at a place. */
  public float at(int y, int x) {
    return values[y * width + x];
  }

  /**
   * The same over another number of places: bilinear, the corners of both pictures in one place.
   */
  public HeatMap resize(int newHeight, int newWidth) {
    float[] resized = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      float sy = source(y, newHeight, height);
      for (int x = 0; x < newWidth; x++) {
        resized[y * newWidth + x] = between(sy, source(x, newWidth, width));
      }
    }
    return new HeatMap(newHeight, newWidth, resized);
  }

  /** Where the middle of a pixel lies in the other picture, not beyond the middle of its last. */
  private static float source(int i, int from, int to) {
    return Math.clamp((i + 0.5f) * to / from - 0.5f, 0, to - 1);
  }

  private float between(float y, float x) {
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    float dx = x - left;
    float above = at(top, left) * (1 - dx) + at(top, right) * dx;
    float below = at(bottom, left) * (1 - dx) + at(bottom, right) * dx;
    return above * (1 - (y - top)) + below * (y - top);
  }
}
