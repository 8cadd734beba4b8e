package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Cross-entropy from probabilities, as Keras clips them: {@code q = clip(x / sum(x), 1e-7, 1 -
 * 1e-7)}, {@code loss = sum over n of weight[n] * -sum over c of target[n,c] * log q[n,c], / N}. x:
 * (N, C), loss: scalar. No gradient flows where the clip acts, so train with {@link
 * SoftmaxCrossEntropy}.
 */
public final class CrossEntropy extends Node {
  private static final double CLIP = 1e-7;

  private final Tensor x;
  private final Targets targets;

  private CrossEntropy(Tensor x, Targets targets) {
    super(inputs(x), x);
    this.x = x;
    this.targets = targets;
  }

  /** The mean loss of a batch. */
  public static Tensor crossEntropy(Tensor probabilities, Targets targets) {
    targets.check("cross_entropy", "probabilities", probabilities);
    int classes = targets.classes();
    float[] x = probabilities.data();
    double loss = 0;
    for (int n = 0; n < targets.batch(); n++) {
      double sum = rowSum(x, n, classes);
      for (int i = n * classes; i < (n + 1) * classes; i++) {
        double clipped = Math.clamp(x[i] / sum, CLIP, 1 - CLIP);
        loss -= targets.weights()[n] * targets.distribution()[i] * Math.log(clipped);
      }
    }
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.scalar());
    y.data()[0] = (float) (loss / targets.batch());
    return Autograd.record(y, new CrossEntropy(probabilities, targets));
  }

  // g[c] = -dy * weight[n] / N * target[c] / q[c] where not clipped, else 0
  // dx[c] = (g[c] - sum over k of g[k] * q[k]) / sum(x)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), x.shape());
    int classes = targets.classes();
    double[] g = new double[classes];
    for (int n = 0; n < targets.batch(); n++) {
      double factor = (double) dy.item() * targets.weights()[n] / targets.batch();
      double sum = rowSum(x.data(), n, classes);
      double dot = 0;
      for (int c = 0; c < classes; c++) {
        double q = x.data()[n * classes + c] / sum;
        boolean clipped = q < CLIP || q > 1 - CLIP;
        g[c] = clipped ? 0 : -factor * targets.distribution()[n * classes + c] / q;
        dot += g[c] * q;
      }
      for (int c = 0; c < classes; c++) {
        dx.data()[n * classes + c] = (float) ((g[c] - dot) / sum);
      }
    }
    return new Tensor[] {dx};
  }

  private static double rowSum(float[] x, int row, int classes) {
    double sum = 0;
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      sum += x[i];
    }
    return sum;
  }
}
