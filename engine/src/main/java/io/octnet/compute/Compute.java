package io.octnet.compute;

import io.octnet.tensor.BufferPool;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The few primitives on {@code float[]} that the ops are made of. {@link ScalarCompute} is their
 * definition; other implementations are optimisations that agree with it up to rounding. What is
 * composed of them, for speed in one pass, is {@link FusedCompute}.
 *
 * <p>Arrays are contiguous, row-major, channels last (NHWC; kernels HWIO). Output arrays are
 * overwritten, never added to, and must not overlap inputs unless a method says so. Results do not
 * depend on the number of threads.
 *
 * <p>Symbols: N batch, H x W input, C input channels, R x S kernel, P x Q output, K output
 * channels.
 */
public interface Compute extends AutoCloseable {
  /** One line for the log: which implementation, vector width, threads. */
  String description();

  /** The buffers of tensors and scratch. */
  BufferPool pool();

  /** The same primitives, several at a time. */
  default FusedCompute fused() {
    return () -> this;
  }

  /**
   * Runs {@code task(0..tasks-1)} on the threads of this back-end; tasks must not depend on each
   * other.
   */
  void parallelFor(int tasks, IntConsumer task);

  /** Stops the threads. */
  @Override
  void close();

  // ---- convolution
  // ------------------------------------------------------------------------------------------------

  /**
   * {@code y[n,p,q,k] = sum over r,s,c of x[n, p*stride + r*dilation - padTop, ..., c] *
   * kernel[r,s,c,k]}, then the epilogue.
   */
  void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y);

  /**
   * Prepares a kernel for many forward passes with the same values: for inference.
   *
   * @param g the shape of a call; the batch may be another one in each
   */
  default PreparedConv prepare(ConvGeometry g, float[] kernel) {
    return new CopiedConv(this, g, kernel);
  }

  /** How many elements of the pool {@link #prepare} takes. */
  default long preparedLength(ConvGeometry g) {
    return g.kernelSize();
  }

  /** The gradient of the (scaled) input, dx: (N, H, W, C). */
  void conv2dBackwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx);

  /**
   * The gradients of the weights.
   *
   * @param dKernel (R, S, C, K)
   * @param dBias (K), or null if there is no bias
   */
  void conv2dBackwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias);

  // ---- depthwise convolution
  // ------------------------------------------------------------------------------------------

  /**
   * {@code y[n,p,q,k] = bias[k] + sum over r,s of x[n, p*stride + r*dilation - padTop, ..., k / M]
   * * kernel[r,s,k]}, k = c * M + m.
   *
   * @param bias (C * M), or null
   */
  default void depthwiseConv2d(
      DepthwiseGeometry g, float[] x, float[] kernel, float[] bias, float[] y) {
    ScalarDepthwise.forward(this, g, x, kernel, bias, y);
  }

  /** The gradient of the input, dx: (N, H, W, C). */
  default void depthwiseConv2dBackwardData(
      DepthwiseGeometry g, float[] dy, float[] kernel, float[] dx) {
    ScalarDepthwise.backwardData(this, g, dy, kernel, dx);
  }

  /**
   * The gradients of the weights.
   *
   * @param dKernel (R, S, C, M)
   * @param dBias (C * M), or null if there is no bias
   */
  default void depthwiseConv2dBackwardWeights(
      DepthwiseGeometry g, float[] x, float[] dy, float[] dKernel, float[] dBias) {
    ScalarDepthwise.backwardWeights(this, g, x, dy, dKernel, dBias);
  }

  // ---- matrices
  // ---------------------------------------------------------------------------------------------------

  /**
   * BLAS's sgemm on row-major matrices: {@code C = op(A) op(B) + beta C}, op(A): (M, K), op(B): (K,
   * N), C: (M, N).
   *
   * @param beta 0 overwrites C, whatever it holds; 1 adds
   */
  void gemm(
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
      int cOffset);

  // ---- pooling
  // ----------------------------------------------------------------------------------------------------

  /**
   * Maximum over each window; the first of equal values wins, and NaN beats all.
   *
   * @param argmax receives the winner's place in its window, {@code r * poolWidth + s}, as an
   *     unsigned byte ({@link PoolGeometry#checkPlaces}); null when no backward pass follows
   */
  void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax);

  /** dx: (N, H, W, C); each gradient goes to the winner of its window. */
  void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx);

  /** Mean over each window, padding not counted. */
  void averagePool(PoolGeometry g, float[] x, float[] y);

  /** dx: (N, H, W, C). */
  void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx);

  // ---- channels: x is (rows, C), rows = N * H * W
  // -------------------------------------------------------------------

  /**
   * Sum and sum of squares per channel, {@code sums}: 2 C doubles; summed in double or pairwise.
   */
  void channelSums(int rows, int channels, float[] x, double[] sums);

  /**
   * {@code y = scale[c] * x + shift[c]}, rectified if asked: batch norm with known statistics. x
   * may be y.
   */
  void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y);

  /**
   * Backward of batch norm in training mode, {@code y = gamma * (x - mean) * invStd + beta}.
   *
   * <p>{@code dBeta = sum dy}, {@code dGamma = sum dy * xhat}, {@code dx = gamma * invStd * (dy -
   * dBeta / rows - xhat * dGamma / rows)}. dx may be dy.
   */
  void batchNormBackward(int rows, NormStatistics s, float[] x, float[] dy, NormGradients d);

  /** {@code y = x + bias[c]}, rectified if asked. x may be y. */
  default void biasAdd(int rows, int channels, float[] x, float[] bias, boolean relu, float[] y) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    scaleShift(rows, channels, x, ones, bias, relu, y);
  }

  /** {@code sum over rows of x}, per channel: the gradient of a bias. y: (C). */
  default void columnSums(int rows, int channels, float[] x, float[] y) {
    double[] sums = new double[2 * channels];
    channelSums(rows, channels, x, sums);
    for (int c = 0; c < channels; c++) {
      y[c] = (float) sums[c];
    }
  }

  // ---- elementwise, n elements
  // --------------------------------------------------------------------------------------

  /** {@code y = f(x)}. x may be y. */
  void unary(Unary f, float parameter, int n, float[] x, float[] y);

  /** {@code dx = dy * f'(x)}; x is read by LEAKY_RELU alone, y by all others. dx may be dy. */
  void unaryBackward(Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx);

  /** {@code z = x + y}. z may be x or y. */
  void add(int n, float[] x, float[] y, float[] z);

  /** {@code z = x * y}. z may be x or y. */
  void multiply(int n, float[] x, float[] y, float[] z);

  /** {@code y = a * x + y}, BLAS's saxpy. */
  void axpy(int n, float a, float[] x, float[] y);

  /** {@code y = a * x}. x may be y. */
  default void scale(int n, float a, float[] x, float[] y) {
    unary(Unary.SCALE, a, n, x, y);
  }

  /** The sum of x, in double or pairwise. */
  default double sum(int n, float[] x) {
    double[] sums = new double[2];
    channelSums(n, 1, x, sums);
    return sums[0];
  }

  /** The sum of squares of x, in double or pairwise. */
  default double sumOfSquares(int n, float[] x) {
    double[] sums = new double[2];
    channelSums(n, 1, x, sums);
    return sums[1];
  }

  /**
   * {@code y = x / (1 - rate)} where kept, else 0. Element i is kept if {@code
   * RandomStream.uniform(seed, i) >= rate}: the mask is a function of seed and index, so backward
   * is the same call on dy, and no mask is stored. x may be y.
   */
  void dropout(int n, float rate, long seed, float[] x, float[] y);

  // ---- optimizers
  // ---------------------------------------------------------------------------------------------------

  /**
   * One step of Adam, in place, in Keras's form: {@code m += (g - m)(1 - beta1)}, {@code v += (g*g
   * - v)(1 - beta2)}, {@code w -= rate * m / (sqrt(v) + epsilon)}.
   *
   * @param rate the learning rate times {@code sqrt(1 - beta2^t) / (1 - beta1^t)}
   * @param beta1 in double, as is beta2: {@code 1 - beta} is rounded to float once, since {@code 1
   *     - 0.999f} would be 5e-5 too large
   */
  void adam(
      int n,
      float rate,
      double beta1,
      double beta2,
      float epsilon,
      float[] g,
      float[] m,
      float[] v,
      float[] w);
}
