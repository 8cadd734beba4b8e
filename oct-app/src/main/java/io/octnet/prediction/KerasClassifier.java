package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.images.Preprocess;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.layers.Normalization;
import io.octnet.layers.PassThrough;
import io.octnet.layers.Rescaling;
import io.octnet.models.Model;
import io.octnet.runs.ModelInfo;
import io.octnet.saving.Differences;
import io.octnet.saving.KerasModels;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A whole model of Keras's as a classifier of scans. Its architecture counts; what its file cannot
 * know, the names of classes and what is done to pixels before, is asked for by name.
 */
final class KerasClassifier {
  private KerasClassifier() {}

  static TrainedModel load(Path file, Asked asked) throws IOException {
    OptionalInt size =
        asked.imageSize() == null ? OptionalInt.empty() : OptionalInt.of(asked.imageSize());
    Model model = KerasModels.classifier(file, size);
    int side = side(file, model, asked);
    refuseContradiction(file, model, asked, side);
    int outputs = model.outputShape().size();
    if (asked.classes() == null) {
      throw new UserException(
          Text.format(
              "%s has %d classes and does not name them; say --classes A,B,... in its order",
              file, outputs));
    }
    if (asked.classes().size() != outputs) {
      throw new UserException(
          Text.format(
              "%s has %d classes, --classes names %d", file, outputs, asked.classes().size()));
    }
    ModelInfo info =
        new ModelInfo(asked.network(), side, preprocess(file, model, asked), asked.classes());
    return new TrainedModel(model, info, file);
  }

  private static int side(Path file, Model model, Asked asked) {
    Shape x = model.inputShape();
    if (x.rank() != 3 || x.dim(2) != 3 || x.dim(0) != x.dim(1)) {
      throw new UserException(
          Text.format("%s takes %s; scans are fed as squares of 3 channels", file, x));
    }
    if (asked.imageSize() != null && asked.imageSize() != x.dim(0)) {
      throw new UserException(
          Text.format(
              "%s: takes images of %d x %d in the file, --image-size is %d",
              file, x.dim(0), x.dim(1), asked.imageSize()));
    }
    return x.dim(0);
  }

  private static void refuseContradiction(Path file, Model model, Asked asked, int side) {
    if (asked.network() == null) {
      return;
    }
    String id = asked.network().id();
    Model network = asked.network().article(side, side, model.outputShape().size());
    Optional<String> difference = Differences.first(model, network, id);
    if (difference.isPresent()) {
      throw new UserException(
          Text.format(
              "%s is no %s: %s; leave --model out, and the file's own architecture counts",
              file, id, difference.get()));
    }
  }

  /** A model that scales pixels itself gets them as they are. */
  private static Preprocess preprocess(Path file, Model model, Asked asked) {
    if (asked.preprocess() != null) {
      return asked.preprocess();
    }
    for (Layer layer : model.layers()) {
      if (layer instanceof Rescaling || layer instanceof Normalization) {
        return Preprocess.NONE;
      }
      if (!(layer instanceof InputLayer || layer instanceof PassThrough)) {
        break;
      }
    }
    throw new UserException(
        Text.format(
            "%s does not say what is done to pixels before it; say --preprocess"
                + " none|div255|caffe|torch",
            file));
  }
}
