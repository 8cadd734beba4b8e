package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunFolder;
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
   * @param given what the file does not say itself; empty if nothing was said
   * @throws UserException when there is no such run or file, or it does not fit
   */
  public static TrainedModel load(Path runOrFile, Optional<ModelInfo> given) {
    Path file =
        Files.isDirectory(runOrFile) ? RunFolder.open(runOrFile).file(RunFolder.BEST) : runOrFile;
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          Text.format(
              "no weights %s; expected a run folder with a %s, or a weight file",
              file, RunFolder.BEST));
    }
    try {
      ModelInfo info =
          ModelInfo.read(file)
              .or(() -> given)
              .orElseThrow(
                  () ->
                      new UserException(
                          file
                              + " does not say which network it is for; name it: --model, --image-size, --classes"));
      int size = info.imageSize();
      Model model = info.network().article(size, size, info.classes().size());
      WeightFiles.load(model, file);
      return new TrainedModel(model, info, file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
