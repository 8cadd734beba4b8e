package io.octnet.explain;

import io.octnet.images.Raster8;

/**
 * A heat map painted over its scan: from violet over orange to yellow, the more the less one sees
 * of the scan, and a white line around all above half of the maximum, which needs no colours.
 */
public final class Overlay {
  private static final float HALF = 0.5f;
  private static final float STRONGEST = 0.6f; // the scan stays visible below

  /** Colours of falling darkness, at 0, 1/4, ... 1. */
  private static final int[][] COLOURS = {
    {31, 12, 72}, {136, 34, 106}, {227, 89, 51}, {249, 164, 49}, {252, 240, 130}
  };

  private Overlay() {}

  /** Paints; the heat map may have any size. */
  public static Raster8 paint(Raster8 scan, HeatMap heat) {
    int width = scan.width();
    int height = scan.height();
    HeatMap fine = heat.resize(height, width);
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float value = fine.at(y, x);
        boolean line = onLine(fine, y, x);
        float share = line ? 0.8f : STRONGEST * value;
        for (int c = 0; c < 3; c++) {
          int below = scan.sample(x, y, scan.channels() == 1 ? 0 : c);
          float above = line ? 255 : colour(value, c);
          rgb[(y * width + x) * 3 + c] = (byte) Math.round(below * (1 - share) + above * share);
        }
      }
    }
    return new Raster8(width, height, 3, rgb);
  }

  private static boolean onLine(HeatMap heat, int y, int x) {
    return heat.at(y, x) >= HALF
        && (heat.at(Math.max(0, y - 1), x) < HALF
            || heat.at(Math.min(heat.height() - 1, y + 1), x) < HALF
            || heat.at(y, Math.max(0, x - 1)) < HALF
            || heat.at(y, Math.min(heat.width() - 1, x + 1)) < HALF);
  }

  private static float colour(float value, int channel) {
    float place = value * (COLOURS.length - 1);
    int i = Math.min((int) place, COLOURS.length - 2);
    float part = place - i;
    return COLOURS[i][channel] * (1 - part) + COLOURS[i + 1][channel] * part;
  }
}
