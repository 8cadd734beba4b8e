package io.octnet.training;

import io.octnet.UserException;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.runs.RunConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Builds the network of a configuration, with its first weights. */
public final class ModelFactory {
  private ModelFactory() {}

  /** With the weights that its saved state will give it. */
  static Model toResume(RunConfig config, int classes) {
    return architecture(config, classes).initialize(config.seed());
  }

  static Model build(RunConfig config, int classes, WeightSource weightSource) {
    Model model = architecture(config, classes);
    if (!config.weights().equals("none")) {
      load(config, model, weightSource);
    }
    return model.initialize(config.seed());
  }

  private static Model architecture(RunConfig config, int classes) {
    Model model = config.model().article(config.imageSize(), config.imageSize(), classes);
    if (config.fineTune() != null) {
      config.fineTune().apply(config.model(), model);
    }
    return model;
  }

  /** Finds pretrained weights by the name of a network. */
  public interface WeightSource {
    Path imagenet(String network) throws IOException;
  }

  /** A file of the whole network, or of its backbone alone. */
  private static void load(RunConfig config, Model model, WeightSource source) {
    try {
      if (config.weights().equals("imagenet")) {
        WeightFiles.load(config.model().backbonePart(model), source.imagenet(config.model().id()));
        return;
      }
      Path file = Path.of(config.weights());
      try {
        WeightFiles.load(model, file);
      } catch (IOException whole) {
        if (!config.model().isBackbone()) {
          throw whole;
        }
        WeightFiles.load(config.model().backbonePart(model), file);
      }
    } catch (IOException e) {
      throw new UserException("--weights: " + e.getMessage(), e);
    }
  }
}
