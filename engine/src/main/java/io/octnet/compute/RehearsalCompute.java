package io.octnet.compute;

import io.octnet.tensor.BufferPool;
import java.util.function.IntConsumer;

/**
 * Takes the buffers that another back-end would take, and computes nothing: what a computation
 * needs of memory is known without doing it. Its buffers are {@link BufferPool#counting}.
 */
final class RehearsalCompute implements Compute {
  private final BufferPool pool = BufferPool.counting();
  private final Compute like;

  /** For the computations of another one. */
  RehearsalCompute(Compute like) {
    this.like = like;
  }

  @Override
  public String description() {
    return "rehearsal of: " + like.description();
  }

  @Override
  public BufferPool pool() {
    return pool;
  }

  @Override
  public void parallelFor(int tasks, IntConsumer task) {}

  @Override
  public void close() {}

  @Override
  public FusedCompute fused() {
    return new Nothing(this);
  }

  @Override
  public long preparedLength(ConvGeometry g) {
    return like.preparedLength(g);
  }

  @Override
  public PreparedConv prepare(ConvGeometry g, float[] kernel) {
    return new PreparedConv(pool, g, Math.toIntExact(preparedLength(g))) {
      @Override
      public void conv2d(int batch, ConvInput x, Epilogue epilogue, float[] y) {}

      @Override
      public void conv2dJoined(int batch, JoinedInput x, Epilogue epilogue, float[] y) {}
    };
  }

  @Override
  public void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {}

  @Override
  public void conv2dBackwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {}

  @Override
  public void conv2dBackwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {}

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] c,
      int cOffset) {}

  @Override
  public void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax) {}

  @Override
  public void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {}

  @Override
  public void averagePool(PoolGeometry g, float[] x, float[] y) {}

  @Override
  public void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx) {}

  @Override
  public void channelSums(int rows, int channels, float[] x, double[] sums) {}

  @Override
  public void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y) {}

  @Override
  public void batchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {}

  @Override
  public void unary(Unary f, float parameter, int n, float[] x, float[] y) {}

  @Override
  public void unaryBackward(
      Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx) {}

  @Override
  public void add(int n, float[] x, float[] y, float[] z) {}

  @Override
  public void multiply(int n, float[] x, float[] y, float[] z) {}

  @Override
  public void axpy(int n, float a, float[] x, float[] y) {}

  @Override
  public void dropout(int n, float rate, long seed, float[] x, float[] y) {}

  @Override
  public void adam(
      int n,
      float rate,
      double beta1,
      double beta2,
      float epsilon,
      float[] g,
      float[] m,
      float[] v,
      float[] w) {}

  /** The definitions of these take arrays of their own; here even that is spared. */
  private record Nothing(Compute core) implements FusedCompute {
    @Override
    public void maskByNorm(
        int rows, int channels, float[] x, float[] scale, float[] shift, float[] dy) {}

    @Override
    public void normMeanBackward(
        int batch,
        int positions,
        float[] x,
        float[] slope,
        float[] offset,
        boolean afterRelu,
        float[] dx) {}

    @Override
    public void normMaxPool(NormMaxPool p, float[] x, float[] y, byte[] argmax) {}

    @Override
    public void normMaxPoolBackward(
        NormMaxPool p,
        NormStatistics s,
        boolean afterRelu,
        float[] x,
        byte[] argmax,
        float[] dy,
        NormGradients d) {}
  }
}
