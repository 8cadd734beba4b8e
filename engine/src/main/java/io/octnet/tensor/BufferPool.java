package io.octnet.tensor;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps {@code float[]} buffers between uses, so that a training step in steady state allocates
 * nothing.
 *
 * <p>Buffers are handed out by exact length and with undefined contents. What is free never makes
 * the pool larger than the most that was ever in use at once: before it grows past that mark it
 * drops free buffers of other lengths, longest first.
 */
public final class BufferPool {
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
    return new float[length];
  }

  private void dropUntilFits() {
    while (freeElements > 0 && usedElements + freeElements > peakElements) {
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
