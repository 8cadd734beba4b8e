package io.octnet.compute;

import io.octnet.tensor.BufferPool;

/**
 * A convolution whose kernel was brought beforehand into the form that its algorithm reads: packed,
 * transformed, or carried to a device. Its values are those of the moment of {@link
 * Compute#prepare}; what becomes of the array that it was given does not matter.
 *
 * <p>Whoever prepares it owns it, and closes it. Safe for use by several threads; closing is for
 * when none of them computes any more, and computing after that is an {@link
 * IllegalStateException}.
 */
public abstract class PreparedConv implements AutoCloseable {
  private final BufferPool pool;
  private final ConvGeometry geometry;
  private volatile float[] weights; // null once closed

  /**
   * With a buffer for the kernel, to be filled by the constructor that calls this.
   *
   * @param length elements of the prepared kernel
   */
  protected PreparedConv(BufferPool pool, ConvGeometry geometry, int length) {
    this.pool = pool;
    this.geometry = geometry;
    this.weights = pool.acquire(length);
  }

  /** The shape of a call, whose batch may be another one. */
  protected final ConvGeometry geometry() {
    return geometry;
  }

  /**
   * The prepared kernel.
   *
   * @throws IllegalStateException once closed
   */
  protected final float[] weights() {
    float[] open = weights;
    if (open == null) {
      throw new IllegalStateException("this prepared convolution was closed; prepare it again");
    }
    return open;
  }

  /**
   * {@link Compute#conv2d} with the prepared kernel.
   *
   * @param batch N; all else is as it was prepared for
   * @param y (N, P, Q, K)
   */
  public abstract void conv2d(int batch, ConvInput x, Epilogue epilogue, float[] y);

  /** As {@link #conv2d}, of several tensors as if they were concatenated. */
  public void conv2dJoined(int batch, JoinedInput x, Epilogue epilogue, float[] y) {
    ConvGeometry g = geometry.withBatch(batch);
    float[] joined = pool.acquire(g.inputSize());
    conv2d(batch, x.join(g.inputSize() / g.inChannels(), joined), epilogue, y);
    pool.release(joined);
  }

  /** Gives back what it holds; again does nothing. */
  @Override
  public void close() {
    float[] buffer = weights;
    weights = null;
    if (buffer != null) {
      pool.release(buffer);
    }
  }
}
