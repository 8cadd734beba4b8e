package io.octnet.tensor;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Keeps buffers between uses, {@code float[]} for values and {@code byte[]} for places, so that a
 * training step in steady state allocates nothing. Which buffer a request gets, and which are
 * dropped, are {@link Pool}'s rules; a buffer that is forgotten instead of given back is garbage,
 * and counts no longer once the collector has found it. Safe for use by several threads.
 */
public final class BufferPool {
  private final Pool<float[]> floats;
  private final Pool<byte[]> bytes;

  /** An empty pool. */
  public BufferPool() {
    this(
        new WatchedPool<>(length -> new float[Math.toIntExact(length)], buffer -> buffer.length),
        new WatchedPool<>(length -> new byte[Math.toIntExact(length)], buffer -> buffer.length));
  }

  private BufferPool(Pool<float[]> floats, Pool<byte[]> bytes) {
    this.floats = floats;
    this.bytes = bytes;
  }

  /**
   * A pool that counts as any other, but whose long buffers have no elements: for computations that
   * are rehearsed on a back-end that touches none.
   */
  public static BufferPool counting() {
    StandIns<float[]> floats = new StandIns<>(float[]::new);
    StandIns<byte[]> bytes = new StandIns<>(byte[]::new);
    return new BufferPool(
        new Pool<>(floats::make, floats::length), new Pool<>(bytes::make, bytes::length));
  }

  /** Arrays of which only the short ones have elements, and how long the others would be. */
  private static final class StandIns<A> {
    private static final long SHORT = 1 << 16;

    private final Map<A, Long> lengths = new IdentityHashMap<>();
    private final IntFunction<A> maker;

    StandIns(IntFunction<A> maker) {
      this.maker = maker;
    }

    A make(long length) {
      A array = maker.apply(length <= SHORT ? (int) length : 0);
      lengths.put(array, length);
      return array;
    }

    long length(A array) {
      return lengths.get(array);
    }
  }

  /**
   * A buffer of {@code length} elements, or of up to four times as many where that are thousands;
   * its contents are undefined.
   */
  public synchronized float[] acquire(int length) {
    return floats.acquire(length);
  }

  /** As {@link #acquire}, of bytes. */
  public synchronized byte[] acquireBytes(int length) {
    return bytes.acquire(length);
  }

  /** Takes a buffer back. The caller must not touch it again. */
  public synchronized void release(float[] buffer) {
    floats.release(buffer);
  }

  /** Takes a buffer back. The caller must not touch it again. */
  public synchronized void release(byte[] buffer) {
    bytes.release(buffer);
  }

  /** Forgets all free buffers, so that the collector may have them. */
  public synchronized void clear() {
    floats.clear();
    bytes.clear();
  }

  /** Bytes handed out, not given back, and not known to be garbage. */
  public synchronized long bytesInUse() {
    return floats.elementsInUse() * Float.BYTES + bytes.elementsInUse();
  }

  /** Bytes kept for later. */
  public synchronized long bytesFree() {
    return floats.elementsFree() * Float.BYTES + bytes.elementsFree();
  }

  /** The most bytes ever in use at once, floats and bytes each at their own peak. */
  public synchronized long peakBytes() {
    return floats.peakElements() * Float.BYTES + bytes.peakElements();
  }

  /** The most bytes ever held at once, in use or free. */
  public synchronized long heldBytes() {
    return floats.heldElements() * Float.BYTES + bytes.heldElements();
  }

  /**
   * How many buffers were newly allocated, ever: constant over the steps of a training in steady
   * state.
   */
  public synchronized long allocations() {
    return floats.allocations() + bytes.allocations();
  }
}
