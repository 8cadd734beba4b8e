package io.octnet.tensor;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps {@code float[]} buffers between uses, so that a training step in steady state allocates
 * nothing.
 *
 * <p>Buffers are handed out by exact length and with undefined contents. Free buffers of other
 * lengths stay for the next step that asks for them; they are dropped, longest first, once all
 * buffers together hold more than eight times what was ever in use at once, or when memory runs
 * out. That is much, but a pass has many lengths: an epoch has its batches, a shorter last one, and
 * those of validation; DenseNet121 has a length for each of its layers. Were fewer kept than a pass
 * asks for, each pass would allocate them anew, and wait for the collector.
 */
public final class BufferPool {
  private static final int MOST = 8;

  private final TreeMap<Integer, ArrayDeque<float[]>> free = new TreeMap<>();
  private long freeElements;
  private long usedElements;
  private long peakElements;
  private long allocations;

  /** A buffer of exactly {@code length} elements; its contents are undefined. */
  public synchronized float[] acquire(int length) {
    usedElements += length;
    peakElements = Math.max(peakElements, usedElements);
    ArrayDeque<float[]> bucket = free.get(length);
    if (bucket != null) {
      float[] buffer = bucket.pop();
      if (bucket.isEmpty()) {
        free.remove(length);
      }
      freeElements -= length;
      return buffer;
    }
    dropUntilFits();
    allocations++;
    try {
      return new float[length];
    } catch (OutOfMemoryError e) {
      clear(); // what is free may be all that is missing
      return new float[length];
    }
  }

  private void dropUntilFits() {
    while (freeElements > 0 && usedElements + freeElements > MOST * peakElements) {
      Map.Entry<Integer, ArrayDeque<float[]>> longest = free.lastEntry();
      longest.getValue().pop();
      freeElements -= longest.getKey();
      if (longest.getValue().isEmpty()) {
        free.remove(longest.getKey());
      }
    }
  }

  /** Takes a buffer back. The caller must not touch it again. */
  public synchronized void release(float[] buffer) {
    usedElements -= buffer.length;
    freeElements += buffer.length;
    free.computeIfAbsent(buffer.length, length -> new ArrayDeque<>()).push(buffer);
  }

  /** Forgets all free buffers, so that the collector may have them. */
  public synchronized void clear() {
    free.clear();
    freeElements = 0;
  }

  /** Bytes handed out and not given back. */
  public synchronized long bytesInUse() {
    return usedElements * Float.BYTES;
  }

  /** The most bytes ever in use at once. */
  public synchronized long peakBytes() {
    return peakElements * Float.BYTES;
  }

  /**
   * How many buffers were newly allocated, ever: constant over the steps of a training in steady
   * state.
   */
  public synchronized long allocations() {
    return allocations;
  }
}
