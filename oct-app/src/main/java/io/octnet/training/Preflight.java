package io.octnet.training;

import io.octnet.UserException;
import io.octnet.keras.InspectWeights;
import io.octnet.models.Model;
import io.octnet.report.Report;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.SplitCsv;
import io.octnet.zoo.KnownNetworks;
import java.io.IOException;
import java.nio.file.Path;

/** Tries what can fail late before the first scan is decoded. */
final class Preflight {
  /**
   * Values a weight: itself and two of the optimizer, in two states; itself once more, the best.
   */
  private static final int COPIES = 7;

  private Preflight() {}

  /**
   * Split file, weights, folder, room, fonts.
   *
   * @throws UserException for the first that would end the training later
   */
  static void check(RunConfig config, ModelFactory.WeightSource source, Progress progress) {
    if (config.splitFile() != null) {
      SplitCsv.requireParts(SplitCsv.rows(config.splitFile()), config.splitFile());
    }
    weights(config.weights(), config.model().id(), source);
    Model model = config.model().article(config.imageSize(), config.imageSize(), 2);
    RunFolder.requireRoom(config.out(), COPIES * Float.BYTES * (long) model.parameterCount());
    Report.undrawable().ifPresent(reason -> progress.line("note: " + reason));
  }

  private static void weights(String weights, String network, ModelFactory.WeightSource source) {
    try {
      if (weights.equals("imagenet")) {
        source.imagenet(network);
      } else if (!weights.equals("none")) {
        InspectWeights.inspect(Path.of(weights), KnownNetworks::candidates);
      }
    } catch (IOException e) {
      throw new UserException("--weights: " + e.getMessage(), e);
    }
  }
}
