package io.octnet.images;

/**
 * Pictures and labels for one step, in buffers that are used again: valid until the next batch is
 * asked for.
 */
public final class Batch {
  /** {@code (N, H, W, 3)}; only the first {@link #size()} pictures belong to this batch. */
  public final float[] pixels;

  /** The class of each picture. */
  public final int[] labels;

  /** The index of each picture in the cache. */
  public final int[] images;

  private int size;

  Batch(int capacity, int imageLength) {
    pixels = new float[Math.multiplyExact(capacity, imageLength)];
    labels = new int[capacity];
    images = new int[capacity];
  }

  /** How many pictures there are; the last batch of an epoch may be smaller. */
  public int size() {
    return size;
  }

  void resize(int n) {
    size = n;
  }
}
