package io.octnet.fusion;

import io.octnet.layers.Pass;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Parts one after another: what a convolution tells the norm behind it stays in here. */
record Chain(List<Part> parts) implements Operation {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Unnormalized x = Unnormalized.of(inputs.getFirst().retain());
    for (int i = 0; i < parts.size(); i++) {
      boolean forNorm = i + 1 < parts.size() && parts.get(i + 1).normalizes(pass);
      Unnormalized y = parts.get(i).run(x, pass, forNorm);
      x.release();
      x = y;
    }
    return x.tensor();
  }
}
