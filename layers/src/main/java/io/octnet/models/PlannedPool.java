package io.octnet.models;

import io.octnet.tensor.Pool;

/** What a {@link io.octnet.tensor.BufferPool} would hold: buffers without contents. */
final class PlannedPool {
  private final Pool<Buffer> floats = new Pool<>(Buffer::new, buffer -> buffer.length);
  private final Pool<Buffer> bytes = new Pool<>(Buffer::new, buffer -> buffer.length);

  /** A buffer, and how many hold it. */
  static final class Buffer {
    private final long length;
    private int holds = 1;

    private Buffer(long length) {
      this.length = length;
    }

    long length() {
      return length;
    }

    boolean isExclusive() {
      return holds == 1;
    }

    Buffer retain() {
      holds++;
      return this;
    }
  }

  /** Memory of the caller's own, which the pool never sees. */
  Buffer callers() {
    Buffer buffer = new Buffer(0);
    return buffer.retain();
  }

  Buffer acquire(long length) {
    Buffer buffer = floats.acquire(length);
    buffer.holds = 1;
    return buffer;
  }

  void release(Buffer buffer) {
    if (--buffer.holds == 0) {
      floats.release(buffer);
    }
  }

  Buffer acquireBytes(long length) {
    return bytes.acquire(length);
  }

  void releaseBytes(Buffer buffer) {
    bytes.release(buffer);
  }

  long peakBytes() {
    return Float.BYTES * floats.peakElements() + bytes.peakElements();
  }

  long heldBytes() {
    return Float.BYTES * floats.heldElements() + bytes.heldElements();
  }
}
