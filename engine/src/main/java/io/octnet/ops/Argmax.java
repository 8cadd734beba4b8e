package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.tensor.BufferPool;

/** Where the maximum of each window was, kept from a forward pass for its backward one. */
final class Argmax {
  private final BufferPool pool;
  private byte[] places;

  private Argmax(BufferPool pool, int size) {
    this.pool = pool;
    this.places = pool.acquireBytes(size);
  }

  /** Room for {@code size} windows, if the pass is recorded; else no places. */
  static Argmax allocate(boolean recorded, int size) {
    return recorded ? new Argmax(Backend.compute().pool(), size) : null;
  }

  /** The places to be filled or read; null for none. */
  static byte[] places(Argmax argmax) {
    return argmax == null ? null : argmax.places;
  }

  /** Gives the room back. */
  static void release(Argmax argmax) {
    if (argmax != null && argmax.places != null) {
      argmax.pool.release(argmax.places);
      argmax.places = null;
    }
  }
}
