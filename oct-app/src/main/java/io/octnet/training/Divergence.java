package io.octnet.training;

import io.octnet.UserException;
import io.octnet.layers.Parameter;
import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Model;
import io.octnet.models.TrainingDivergedException;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Finds out where a loss that is no number came from. */
final class Divergence {
  private static final int FILES_NAMED = 3;

  private Divergence() {}

  /** The error to end with: the epoch and the first weights that are not finite. */
  static UserException explain(TrainingDivergedException e, Model model) {
    String weights = brokenWeights(model);
    return ended(e, weights == null ? "all weights are finite" : weights);
  }

  /**
   * The same of a step: also the first layer whose output is not finite, and the batch's files.
   *
   * @param files of the step's batch
   */
  static UserException explain(
      TrainingDivergedException e, Model model, BatchSource training, List<String> files) {
    String where = brokenWeights(model);
    if (where == null) {
      where = brokenOutput(model, training, e.epoch(), e.step());
    }
    String named = String.join(", ", files.subList(0, Math.min(FILES_NAMED, files.size())));
    String more = files.size() > FILES_NAMED ? Text.format(" and %d more", files.size() - 3) : "";
    return ended(e, Text.format("%s; batch: %s%s", where, named, more));
  }

  private static UserException ended(TrainingDivergedException e, String where) {
    return new UserException(
        Text.format("%s (%s); the weights saved before are kept", e.getMessage(), where), e);
  }

  private static String brokenWeights(Model model) {
    for (Parameter parameter : model.parameters()) {
      if (!parameter.isFinite()) {
        return "first in the weights " + parameter.path();
      }
    }
    return null;
  }

  private static String brokenOutput(Model model, BatchSource training, int epoch, int step) {
    AtomicReference<String> layer = new AtomicReference<>();
    try (BatchSource.Batches batches = training.open(epoch, step)) {
      Batch batch = batches.next();
      Tensor y =
          model.predict(
              batch.x(),
              (at, value) -> {
                if (!isFinite(value)) {
                  layer.compareAndSet(null, at.name());
                }
              });
      y.release();
    }
    return layer.get() == null ? "all layers are finite" : "first in the layer " + layer.get();
  }

  private static boolean isFinite(Tensor tensor) {
    float[] values = tensor.data();
    for (int i = 0; i < tensor.size(); i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }
}
