package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * The statistics of batch norms, computed anew with the weights as they are: the plain mean over
 * batches of training. Moving averages are those of weights that have changed since; where an epoch
 * has few steps, that is most of what makes validation jump (Wu and Johnson, "Rethinking Batch in
 * BatchNorm", 2021: precise batch norm).
 */
final class FreshStatistics {
  private FreshStatistics() {}

  /**
   * Replaces the moving statistics of all batch norms that train.
   *
   * @param examples about how many to look at, at least one batch
   * @param seed of dropout, as in training
   */
  static void estimate(FrozenPart frozen, BatchSource train, int epoch, int examples, long seed) {
    List<BatchNormalization> norms = frozen.rest().batchNorms();
    if (norms.isEmpty()) {
      return;
    }
    double[] momenta = norms.stream().mapToDouble(BatchNormalization::momentum).toArray();
    try (BatchSource.Batches batches = train.open(epoch, 0)) {
      int seen = 0;
      int step = 0;
      for (Batch batch = batches.next(); batch != null && seen < examples; step++) {
        double kept = step / (step + 1.0); // the mean of step + 1 batches
        norms.forEach(norm -> norm.momentum(kept));
        forward(frozen, batch, Pass.training(seed, epoch, step));
        seen += batch.size();
        batch = batches.next();
      }
    } finally {
      for (int i = 0; i < momenta.length; i++) {
        norms.get(i).momentum(momenta[i]);
      }
    }
  }

  private static void forward(FrozenPart frozen, Batch batch, Pass pass) {
    Tensor x = frozen.predict(batch.x());
    Autograd.noGrad(() -> frozen.rest().forward(x, pass)).release();
    x.release();
  }
}
