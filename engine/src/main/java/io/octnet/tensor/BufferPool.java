package io.octnet.tensor;

/**
 * Keeps buffers between uses, {@code float[]} for values and {@code byte[]} for places, so that a
 * training step in steady state allocates nothing. Which buffer a request gets, and which are
 * dropped, are {@link Pool}'s rules. Safe for use by several threads.
 */
public final class BufferPool {
  private final Pool<float[]> floats =
      new Pool<>(length -> new float[Math.toIntExact(length)], buffer -> buffer.length);
  private final Pool<byte[]> bytes =
      new Pool<>(length -> new byte[Math.toIntExact(length)], buffer -> buffer.length);

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

  /** Bytes handed out and not given back. */
  public synchronized long bytesInUse() {
    return floats.elementsInUse() * Float.BYTES + bytes.elementsInUse();
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
