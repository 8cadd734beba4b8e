package io.octnet.models;

import java.io.Closeable;

/** Where batches come from, epoch after epoch. */
public interface BatchSource {

  /** Batches an epoch. */
  int steps();

  /** Examples an epoch. */
  int examples();

  /**
   * The batches of one epoch, the same ones in the same order whenever asked; begins at a later
   * step where a resumed training does.
   */
  Batches open(int epoch, int firstStep);

  /** One epoch's batches, one after another; closed before the end when training stops. */
  interface Batches extends Closeable {
    /** The next batch, or null after the last. It is valid until the next call. */
    Batch next();

    @Override
    void close();
  }
}
