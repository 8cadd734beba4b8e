package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunFolder;
import io.octnet.saving.KerasModels;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network with its trained weights.
 *
 * @param weights the file they came from
 */
public record TrainedModel(Model model, ModelInfo info, Path weights) {

  /**
   * The best weights of a run, or those of a file.
   *
   * @param runOrFile a run folder or a weight file
   * @param asked what was said of the file
   * @throws UserException when there is no such run or file, or it does not fit
   */
  public static TrainedModel load(Path runOrFile, Asked asked) {
    Path file =
        Files.isDirectory(runOrFile) ? RunFolder.open(runOrFile).file(RunFolder.BEST) : runOrFile;
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          Text.format(
              "no weights %s; expected a run folder with a %s, or a weight file",
              file, RunFolder.BEST));
    }
    try {
      Optional<ModelInfo> ours = ModelInfo.read(file);
      if (ours.isEmpty() && KerasModels.hasArchitecture(file)) {
        return KerasClassifier.load(file, asked);
      }
      ModelInfo info =
          ours.or(asked::info)
              .orElseThrow(
                  () ->
                      new UserException(
                          file
                              + " holds weights alone, no architecture; name the network: --model, --image-size, --classes"));
      int size = info.imageSize();
      Model model = info.network().article(size, size, info.classes().size());
      WeightFiles.load(model, file);
      return new TrainedModel(model, info, file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
