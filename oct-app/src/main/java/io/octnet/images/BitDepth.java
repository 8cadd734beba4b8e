package io.octnet.images;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How many bits the samples of a 16-bit file really use. PNG and TIFF do not say it: a scanner's 10
 * or 12 bits lie in files of 16, and pictures that keep the upper 8 of 16 would be nearly black.
 */
public enum BitDepth {
  BITS_8(8),
  BITS_10(10),
  BITS_12(12),
  BITS_16(16);

  private final int bits;

  BitDepth(int bits) {
    this.bits = bits;
  }

  public int bits() {
    return bits;
  }

  /** The smallest that holds a sample. */
  public static BitDepth holding(int largestSample) {
    return Arrays.stream(values())
        .filter(depth -> largestSample >>> depth.bits == 0)
        .findFirst()
        .orElse(BITS_16);
  }

  /** Of a number of bits. */
  public static Optional<BitDepth> of(String bits) {
    return Arrays.stream(values()).filter(depth -> bits.equals("" + depth.bits)).findFirst();
  }

  /** The numbers of bits, for messages. */
  public static List<String> names() {
    return Arrays.stream(values()).map(depth -> "" + depth.bits).toList();
  }

  /** A sample in 8 bits; what is above the depth is white. */
  int to8(int sample) {
    return Math.min(255, sample >>> (bits - 8));
  }
}
