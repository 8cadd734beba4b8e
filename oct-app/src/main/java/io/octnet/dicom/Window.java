package io.octnet.dicom;

import java.util.OptionalDouble;

/**
 * From a stored value to a brightness (PS3.3, C.11.1 and C.11.2): rescaled, {@code slope * value +
 * intercept}, then put into a window. Without a window, the whole range of the stored bits.
 *
 * @param width of the window; 0 for none
 */
record Window(double slope, double intercept, double center, double width, String function) {
  static Window of(Attributes attributes) {
    OptionalDouble slope = attributes.decimal(Tag.RESCALE_SLOPE);
    OptionalDouble center = attributes.decimal(Tag.WINDOW_CENTER);
    OptionalDouble width = attributes.decimal(Tag.WINDOW_WIDTH);
    boolean given = center.isPresent() && width.isPresent() && width.getAsDouble() >= 1;
    return new Window(
        slope.orElse(1),
        attributes.decimal(Tag.RESCALE_INTERCEPT).orElse(0),
        center.orElse(0),
        given ? width.getAsDouble() : 0,
        attributes.text(Tag.WINDOW_FUNCTION));
  }

  /** The gray of every stored word, 256 of 8 bits or 65,536 of 16. */
  byte[] grays(PixelFormat format) {
    byte[] grays = new byte[1 << format.allocated()];
    boolean inverted = format.photometric().equals("MONOCHROME1");
    for (int word = 0; word < grays.length; word++) {
      int gray = gray(value(word, format), format);
      grays[word] = (byte) (inverted ? 255 - gray : gray);
    }
    return grays;
  }

  private static int value(int word, PixelFormat format) {
    int unused = 32 - format.stored();
    int shifted = word >>> (format.highBit() + 1 - format.stored()) << unused;
    return format.signed() ? shifted >> unused : shifted >>> unused;
  }

  private int gray(int value, PixelFormat format) {
    if (width == 0) {
      int bits = format.stored();
      int positive = format.signed() ? value + (1 << (bits - 1)) : value;
      return bits >= 8 ? positive >>> (bits - 8) : positive * 255 / ((1 << bits) - 1);
    }
    double x = slope * value + intercept;
    double share =
        switch (function) {
          case "SIGMOID" -> 1 / (1 + Math.exp(-4 * (x - center) / width));
          case "LINEAR_EXACT" -> (x - center) / width + 0.5;
          default -> width == 1 ? (x > center - 0.5 ? 1 : 0) : linear(x);
        };
    return (int) Math.rint(255 * Math.clamp(share, 0, 1));
  }

  private double linear(double x) {
    return (x - (center - 0.5)) / (width - 1) + 0.5;
  }
}
