package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.BufferPool;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Cross-entropy from logits: {@code loss = sum over n of weight[n] * -sum over c of target[n,c] *
 * log softmax(x)[n,c], / N}. x: (N, C), loss: scalar.
 *
 * <p>The one to train with: it is exact for any logits, and what Keras computes for a model that
 * ends in a softmax. As in Keras, the weighted sum is divided by N, not by the sum of the weights.
 */
public final class SoftmaxCrossEntropy extends Node {
  private final Tensor logProbabilities; // (N, C)
  private final Targets targets;

  private SoftmaxCrossEntropy(Tensor logits, Tensor logProbabilities, Targets targets) {
    super(inputs(logits), logProbabilities);
    this.logProbabilities = logProbabilities;
    this.targets = targets;
  }

  /** The mean loss of a batch. */
  public static Tensor softmaxCrossEntropy(Tensor logits, Targets targets) {
    targets.check("softmax_cross_entropy", "logits", logits);
    BufferPool pool = Backend.compute().pool();
    Tensor logProbabilities = Tensor.allocate(pool, logits.shape());
    LogSoftmax.values(logits, logProbabilities);
    double loss = 0;
    for (int i = 0; i < logits.size(); i++) {
      float target = targets.distribution()[i];
      if (target != 0) { // 0 * log 0 is 0
        double weight = targets.weights()[i / targets.classes()];
        loss -= weight * target * logProbabilities.data()[i];
      }
    }
    Tensor y = Tensor.allocate(pool, Shape.scalar());
    y.data()[0] = (float) (loss / targets.batch());
    Autograd.record(y, new SoftmaxCrossEntropy(logits, logProbabilities, targets));
    logProbabilities.release();
    return y;
  }

  // dx[n,c] = dy * weight[n] / N * (softmax(x)[n,c] * sum(target[n]) - target[n,c])
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), logProbabilities.shape());
    int classes = targets.classes();
    float[] target = targets.distribution();
    for (int n = 0; n < targets.batch(); n++) {
      double sum = 0;
      for (int i = n * classes; i < (n + 1) * classes; i++) {
        sum += target[i];
      }
      double factor = (double) dy.item() * targets.weights()[n] / targets.batch();
      for (int i = n * classes; i < (n + 1) * classes; i++) {
        double probability = Math.exp(logProbabilities.data()[i]);
        dx.data()[i] = (float) (factor * (probability * sum - target[i]));
      }
    }
    return new Tensor[] {dx};
  }
}
