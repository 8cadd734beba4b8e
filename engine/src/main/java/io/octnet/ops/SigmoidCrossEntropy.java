package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Binary cross-entropy from logits: {@code loss = sum over n, c of weight[n] * (max(x, 0) - x *
 * target + log(1 + exp(-|x|))) / (N * C)}, which is {@code -target * log p - (1 - target) * log(1 -
 * p)} with {@code p = sigmoid(x)}, exact for any x. x: (N, C), loss: scalar.
 */
public final class SigmoidCrossEntropy extends Node {
  private final Tensor x;
  private final Targets targets;

  private SigmoidCrossEntropy(Tensor x, Targets targets) {
    super(inputs(x), x);
    this.x = x;
    this.targets = targets;
  }

  /** The mean loss of a batch. */
  public static Tensor sigmoidCrossEntropy(Tensor logits, Targets targets) {
    targets.check("sigmoid_cross_entropy", "logits", logits);
    double loss = 0;
    for (int i = 0; i < logits.size(); i++) {
      double x = logits.data()[i];
      double term =
          Math.max(x, 0) - x * targets.distribution()[i] + Math.log1p(Math.exp(-Math.abs(x)));
      loss += targets.weights()[i / targets.classes()] * term;
    }
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.scalar());
    y.data()[0] = (float) (loss / logits.size());
    return Autograd.record(y, new SigmoidCrossEntropy(logits, targets));
  }

  // dx[n,c] = dy * weight[n] / (N * C) * (sigmoid(x)[n,c] - target[n,c])
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), x.shape());
    double factor = (double) dy.item() / x.size();
    for (int i = 0; i < x.size(); i++) {
      double probability = 1 / (1 + Math.exp(-x.data()[i]));
      double weight = targets.weights()[i / targets.classes()];
      dx.data()[i] = (float) (factor * weight * (probability - targets.distribution()[i]));
    }
    return new Tensor[] {dx};
  }
}
