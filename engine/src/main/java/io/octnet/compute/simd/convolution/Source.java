package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.simd.kernel.Width;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a convolution gathers from: x itself, {@code scale * x + shift} with or without ReLU, or a
 * gradient masked by the output of a ReLU. The arithmetic is done while copying, on runs of whole
 * pixels.
 */
public record Source(float[] x, float[] scale, float[] shift, boolean relu, float[] mask) {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  public static Source of(ConvInput input) {
    return new Source(input.x(), input.scale(), input.shift(), input.relu(), null);
  }

  public static Source of(ConvGradient gradient) {
    return new Source(gradient.dy(), null, null, false, gradient.y());
  }

  public boolean isPlain() {
    return scale == null && !relu && mask == null;
  }

  /** Copies {@code length} values of one pixel, which start at channel {@code channel}. */
  void copy(int at, int channel, int length, float[] to, int toAt) {
    if (mask != null) {
      masked(at, length, to, toAt);
    } else if (scale != null) {
      scaled(at, channel, length, to, toAt);
    } else if (relu) {
      rectified(at, length, to, toAt);
    } else {
      plain(at, length, to, toAt);
    }
  }

  private void plain(int at, int length, float[] to, int toAt) {
    if (length > 128) {
      System.arraycopy(x, at, to, toAt, length);
      return;
    }
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      FloatVector.fromArray(S, x, at + i).intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      to[toAt + i] = x[at + i];
    }
  }

  private void masked(int at, int length, float[] to, int toAt) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      VectorMask<Float> open =
          FloatVector.fromArray(S, mask, at + i).compare(VectorOperators.GT, zero);
      zero.blend(FloatVector.fromArray(S, x, at + i), open).intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      to[toAt + i] = mask[at + i] > 0 ? x[at + i] : 0;
    }
  }

  private void scaled(int at, int channel, int length, float[] to, int toAt) {
    FloatVector least = FloatVector.broadcast(S, relu ? 0 : Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, scale, channel + i);
      FloatVector b = FloatVector.fromArray(S, shift, channel + i);
      Width.atLeast(least, FloatVector.fromArray(S, x, at + i).fma(a, b)).intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      float value = Math.fma(scale[channel + i], x[at + i], shift[channel + i]);
      to[toAt + i] = relu ? Math.max(value, 0) : value;
    }
  }

  private void rectified(int at, int length, float[] to, int toAt) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] = Math.max(x[at + i], 0);
    }
  }

  /**
   * Copies {@code pixels} neighbouring pixels, {@code length} channels from {@code channel} of
   * each.
   *
   * @param at where the first pixel's channel {@code channel} is
   * @param stride from pixel to pixel in x; in {@code to} it is {@code length}
   */
  public void copyPixels(
      int at, int channel, int pixels, int stride, int length, float[] to, int toAt) {
    if (stride == length && scale == null) {
      copy(at, channel, pixels * length, to, toAt);
      return;
    }
    for (int i = 0; i < pixels; i++) {
      copy(at + i * stride, channel, length, to, toAt + i * length);
    }
  }

  /**
   * Copies {@code pixels} neighbouring whole pixels into slabs [channels / 16][pixels][16];
   * channels that fill the last sixteen are zero.
   *
   * @param to where the first pixel goes
   * @param plane from one slab to the next
   */
  public void toSlabs(int at, int channels, int pixels, float[] slab, int to, int plane) {
    int whole = channels / Width.SLAB * Width.SLAB;
    if (isPlain() && whole == channels) {
      wholePixels(at, channels, pixels, slab, to, plane);
      return;
    }
    if (mask == null && scale != null && whole == channels) {
      scaledPixels(at, channels, pixels, slab, to, plane);
      return;
    }
    for (int i = 0; i < pixels; i++, at += channels, to += Width.SLAB) {
      int target = to;
      for (int c = 0; c < channels; c += Width.SLAB, target += plane) {
        int length = Math.min(Width.SLAB, channels - c);
        copy(at + c, c, length, slab, target);
        for (int rest = length; rest < Width.SLAB; rest++) {
          slab[target + rest] = 0;
        }
      }
    }
  }

  /** Copies sixteen values as they are. */
  void copySixteen(int at, float[] to, int toAt) {
    for (int h = 0; h < Width.SLAB; h += S.length()) {
      FloatVector.fromArray(S, x, at + h).intoArray(to, toAt + h);
    }
  }

  /** The same few channels of all pixels one after another: their scale and shift stay at hand. */
  private void scaledPixels(int at, int channels, int pixels, float[] slab, int to, int plane) {
    FloatVector least = FloatVector.broadcast(S, relu ? 0 : Float.NEGATIVE_INFINITY);
    for (int c = 0; c < channels; c += S.length()) {
      FloatVector a = FloatVector.fromArray(S, scale, c);
      FloatVector b = FloatVector.fromArray(S, shift, c);
      int target = to + c / Width.SLAB * plane + c % Width.SLAB;
      int from = at + c;
      for (int i = 0; i < pixels; i++, from += channels, target += Width.SLAB) {
        FloatVector v = FloatVector.fromArray(S, x, from).fma(a, b);
        Width.atLeast(least, v).intoArray(slab, target);
      }
    }
  }

  private void wholePixels(int at, int channels, int pixels, float[] slab, int to, int plane) {
    for (int i = 0; i < pixels; i++, at += channels, to += Width.SLAB) {
      int target = to;
      for (int c = 0; c < channels; c += Width.SLAB, target += plane) {
        copySixteen(at + c, slab, target);
      }
    }
  }

  /** Writes zeros, for padding. */
  public static void zero(float[] to, int from, int length) {
    Arrays.fill(to, from, from + length, 0);
  }
}
