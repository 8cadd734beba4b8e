package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormMaxPool;
import io.octnet.compute.PoolGeometry;
import io.octnet.tensor.Tensor;

/**
 * Batch norm by the statistics of the batch, maximum over windows, dropout: {@link
 * BatchNorm#training}, {@link MaxPool2d} and {@link Dropout} one after another, in one pass over
 * memory each way. x: (N, H, W, C), gamma, beta: (C), y: (N, P, Q, C).
 */
public final class BatchNormMaxPool2d extends Node {
  private final NormInput norm;
  private final NormMaxPool pool;
  private final Argmax argmax; // what the back-end wants to know of each window

  private BatchNormMaxPool2d(
      NormInput norm, BatchNorm.Parameters p, NormMaxPool pool, Argmax argmax) {
    super(inputs(norm.x(), p.gamma(), p.beta()), norm.x(), p.gamma());
    this.norm = norm;
    this.pool = pool;
    this.argmax = argmax;
  }

  /**
   * Normalises, pools and drops.
   *
   * @param rate of the dropout; 0 for none
   * @param seed of the dropout
   */
  public static Tensor batchNormMaxPool2d(
      Tensor x, BatchNorm.Parameters p, PoolGeometry g, float rate, long seed) {
    return batchNormMaxPool2d(Unnormalized.of(x), p, g, rate, seed);
  }

  /** As the other, of what an op computed for a norm; it is not released. */
  public static Tensor batchNormMaxPool2d(
      Unnormalized input, BatchNorm.Parameters p, PoolGeometry g, float rate, long seed) {
    Tensor x = input.x();
    Pooling.checkInput("batch_norm_max_pool", x, g);
    Dropout.checkRate(rate);
    NormInput norm = NormInput.of(input, p);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Pooling.output(g));
    Argmax argmax = Argmax.allocate(Autograd.isRecording(), y.size());
    Normalization n = norm.normalization();
    NormMaxPool pool = new NormMaxPool(g, n.scale(), n.shift(), rate, seed);
    compute.fused().normMaxPool(pool, x.data(), y.data(), Argmax.places(argmax));
    return Autograd.record(y, new BatchNormMaxPool2d(norm, p, pool, argmax));
  }

  // dz[winner of window] += dropout(dy)[window]; dx, dGamma, dBeta as of a norm with gradient dz
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = norm.newInputGradient();
    Tensor[] parameters = norm.newParameterGradients();
    compute
        .fused()
        .normMaxPoolBackward(
            pool,
            norm.statistics(),
            norm.reluPending(),
            norm.x().data(),
            Argmax.places(argmax),
            dy.data(),
            new NormGradients(parameters[0].data(), parameters[1].data(), dx.data()));
    return new Tensor[] {dx, parameters[0], parameters[1]};
  }

  @Override
  protected void dispose() {
    Argmax.release(argmax);
  }
}
