package io.octnet.compute;

import io.octnet.tensor.BufferPool;
import java.util.function.IntConsumer;

/**
 * The few primitives on {@code float[]} that the ops are made of. {@link ScalarCompute} is their
 * definition; other implementations are optimisations that agree with it up to rounding.
 *
 * <p>Arrays are contiguous, row-major, channels last (NHWC; kernels HWIO). Output arrays are
 * overwritten, never added to, and must not overlap inputs unless a method says so. Results do not
 * depend on the number of threads.
 *
 * <p>Symbols: N batch, H x W input, C input channels, R x S kernel, P x Q output, K output
 * channels.
 */
public interface Compute extends AutoCloseable {
  /** In place of a winner's place in its window: what dropout dropped. */
  byte DROPPED = -1;

  /** One line for the log: which implementation, vector width, threads. */
  String description();

  /** The buffers of tensors and scratch. */
  BufferPool pool();

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

  /** {@link #conv2d} of several tensors as if they were concatenated. */
  default void conv2dJoined(
      ConvGeometry g, JoinedInput x, float[] kernel, Epilogue epilogue, float[] y) {
    float[] joined = pool().acquire(g.inputSize());
    conv2d(g, x.join(g.inputSize() / g.inChannels(), joined), kernel, epilogue, y);
    pool().release(joined);
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

  /**
   * A promise that this kernel's values do not change until {@link #forget}: transformed or packed
   * copies may be kept.
   */
  default void keep(float[] kernel) {}

  /** How many elements of the pool a kept kernel takes, once it was used in this shape. */
  default long keptLength(ConvGeometry g) {
    return 0;
  }

  /** Ends {@link #keep}. */
  default void forget(float[] kernel) {}

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
   *     unsigned byte (windows of more than 256 places are refused); null when no backward pass
   *     follows
   */
  void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax);

  /** dx: (N, H, W, C); each gradient goes to the winner of its window. */
  void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx);

  /** Mean over each window, padding not counted. */
  void averagePool(PoolGeometry g, float[] x, float[] y);

  /** dx: (N, H, W, C). */
  void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx);

  /** y: (N, C), the mean over {@code positions = H * W} of x: (N, H * W, C). */
  void globalAveragePool(int batch, int positions, int channels, float[] x, float[] y);

  /** dx: (N, H * W, C). */
  void globalAveragePoolBackward(int batch, int positions, int channels, float[] dy, float[] dx);

  /** y: (N, C), the maximum over positions. */
  void globalMaxPool(int batch, int positions, int channels, float[] x, float[] y);

  /** dx: (N, H * W, C); equal maxima share the gradient equally, as Keras on TensorFlow does. */
  void globalMaxPoolBackward(
      int batch, int positions, int channels, float[] x, float[] y, float[] dy, float[] dx);

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
   *
   * @param maskByX whether x came out of a ReLU whose backward is done here, too: dx is 0 where x
   *     is not positive
   * @param dx null when only the parameters' gradients are wanted
   */
  void batchNormBackward(
      int rows,
      int channels,
      float[] x,
      float[] dy,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx);

  /**
   * {@code dy} where {@code scale[c] * x + shift[c] > 0}, else 0, in place: undoes norm and ReLU.
   */
  void maskByNorm(int rows, int channels, float[] x, float[] scale, float[] shift, float[] dy);

  /**
   * {@code dx[n,p,c] = slope[c] * x[n,p,c] + offset[n,c]}: backward of a norm that only a mean over
   * positions reads, whose gradient is the same everywhere. x: (N, positions, C). dx may be x.
   *
   * @param maskByX whether dx is 0 where x is not positive
   */
  void normMeanBackward(
      int batch,
      int positions,
      int channels,
      float[] x,
      float[] slope,
      float[] offset,
      boolean maskByX,
      float[] dx);

  /**
   * Norm, maximum of windows, dropout in one: {@code y = dropout(max over window of (scale[c] * x +
   * shift[c]))}, with {@link #maxPool}'s and {@link #dropout}'s rules. Windows have at most 255
   * places.
   *
   * @param rate of the dropout; 0 for none
   * @param argmax receives the winner's place in its window, or {@link #DROPPED}; null when no
   *     backward pass follows
   */
  void normMaxPool(
      PoolGeometry g,
      float[] x,
      float[] scale,
      float[] shift,
      float rate,
      long seed,
      float[] y,
      byte[] argmax);

  /**
   * Backward of {@link #normMaxPool}, with {@link #batchNormBackward}'s rule. dx may be x.
   *
   * @param dy (N, P, Q, C)
   * @param argmax of the forward pass
   * @param dx (N, H, W, C)
   */
  void normMaxPoolBackward(
      PoolGeometry g,
      float[] x,
      float[] dy,
      byte[] argmax,
      float rate,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx);

  /** {@code y = x + bias[c]}, rectified if asked. x may be y. */
  void biasAdd(int rows, int channels, float[] x, float[] bias, boolean relu, float[] y);

  /** {@code sum over rows of x}, per channel: the gradient of a bias. y: (C). */
  void columnSums(int rows, int channels, float[] x, float[] y);

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
  void scale(int n, float a, float[] x, float[] y);

  /** The sum of x, in double or pairwise. */
  double sum(int n, float[] x);

  /** The sum of squares of x, in double or pairwise. */
  double sumOfSquares(int n, float[] x);

  /**
   * {@code y = x / (1 - rate)} where kept, else 0. Element i is kept if {@code
   * RandomStream.uniform(seed, i) >= rate}: the mask is a function of seed and index, so backward
   * is the same call on dy, and no mask is stored. x may be y.
   */
  void dropout(int n, float rate, long seed, float[] x, float[] y);

  // ---- classification
  // -----------------------------------------------------------------------------------------------

  /**
   * Softmax over the last axis, x and y: (rows, classes); the row's maximum is subtracted first.
   */
  void softmax(int rows, int classes, float[] x, float[] y);

  /** {@code dx = y * (dy - sum(dy * y))} per row. */
  void softmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx);

  /** {@code y = x - log(sum(exp(x)))} per row, stable. */
  void logSoftmax(int rows, int classes, float[] x, float[] y);

  /** {@code dx = dy - exp(y) * sum(dy)} per row. */
  void logSoftmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx);

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
