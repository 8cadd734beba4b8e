package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Maximum over all positions, x: (N, H, W, C), y: (N, C); equal maxima share the gradient equally,
 * as in Keras on TensorFlow.
 */
public final class GlobalMaxPool extends Node {
  private final Tensor x;
  private final Tensor y;

  private GlobalMaxPool(Tensor x, Tensor y) {
    super(inputs(x), x, y);
    this.x = x;
    this.y = y;
  }

  /** The maximum of each channel. */
  public static Tensor globalMaxPool(Tensor x) {
    Check.rank("global_max_pool", "x", x, 4, "(N, H, W, C)");
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Shape.of(x.dim(0), x.dim(3)));
    float[] in = x.data();
    float[] out = y.data();
    int channels = x.dim(3);
    int image = x.dim(1) * x.dim(2) * channels;
    compute.parallelFor(
        x.dim(0),
        n -> {
          System.arraycopy(in, n * image, out, n * channels, channels);
          for (int i = channels; i < image; i++) {
            int to = n * channels + i % channels;
            out[to] = Math.max(out[to], in[n * image + i]); // NaN wins
          }
        });
    return Autograd.record(y, new GlobalMaxPool(x, y));
  }

  // dx[n,h,w,c] = dy[n,c] / winners where x[n,h,w,c] == y[n,c], else 0
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    Tensor gradInput = Tensor.allocate(compute.pool(), x.shape());
    float[] in = x.data();
    float[] out = y.data();
    float[] dy = gradOutput.data();
    float[] dx = gradInput.data();
    int channels = x.dim(3);
    int image = x.dim(1) * x.dim(2) * channels;
    compute.parallelFor(
        x.dim(0),
        n -> {
          int[] winners = new int[channels];
          for (int i = 0; i < image; i++) {
            winners[i % channels] += in[n * image + i] == out[n * channels + i % channels] ? 1 : 0;
          }
          for (int i = 0; i < image; i++) {
            int c = i % channels;
            int at = n * channels + c;
            dx[n * image + i] = in[n * image + i] == out[at] ? dy[at] / winners[c] : 0;
          }
        });
    return new Tensor[] {gradInput};
  }
}
