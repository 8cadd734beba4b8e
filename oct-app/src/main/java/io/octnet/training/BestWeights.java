package io.octnet.training;

import io.octnet.callbacks.WeightStore;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.runs.ModelInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The best epoch's weights in their file, with what is needed to predict. */
record BestWeights(Path file, ModelInfo info) implements WeightStore {
  @Override
  public void save(Model model) {
    try {
      WeightFiles.save(model, file, info.texts());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void load(Model model) {
    try {
      WeightFiles.load(model, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
