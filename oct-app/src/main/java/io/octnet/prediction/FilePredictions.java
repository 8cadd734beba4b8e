package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.images.ImageFormat;
import io.octnet.models.Inference;
import io.octnet.runs.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Predicts image files, one after another, in batches. */
public final class FilePredictions {
  private static final int BATCH = 16;

  private final TrainedModel trained;
  private final int threads;

  /** Of a trained network; files are decoded on so many threads. */
  public FilePredictions(TrainedModel trained, int threads) {
    this.trained = trained;
    this.threads = threads;
  }

  /**
   * What is said of a file.
   *
   * @param probabilities of the classes; null for a file that cannot be read
   * @param error why it cannot be read, in one line, or null
   */
  public record Row(Path file, float[] probabilities, String error) {
    /** The index of the likeliest class. */
    public int likeliest() {
      return Predictions.likeliest(probabilities);
    }
  }

  /**
   * The image files that names stand for: files as they are, folders with all that lies below them
   * and is named like an image, sorted.
   *
   * @throws UserException when a folder cannot be read, or holds no image
   */
  public static List<Path> expand(List<Path> names) {
    List<Path> files = new ArrayList<>();
    for (Path name : names) {
      if (!Files.isDirectory(name)) {
        files.add(name);
        continue;
      }
      List<Path> found = below(name);
      if (found.isEmpty()) {
        throw new UserException("no images in " + name + "; expected JPEG, PNG, TIFF or BMP files");
      }
      files.addAll(found);
    }
    return files;
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> ImageFormat.isImageName(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UserException("cannot read the folder " + folder + " (" + e.getMessage() + ")", e);
    }
  }

  /** Predicts files in their order; {@code rows} receives one row each. */
  public void predict(List<Path> files, Consumer<Row> rows) {
    ModelInfo info = trained.info();
    try (Inference inference = Inference.of(trained.model());
        FileBatches batches =
            new FileBatches(files, info.imageSize(), info.preprocess(), BATCH, threads)) {
      while (batches.hasNext()) {
        FileBatches.FileBatch batch = batches.next();
        float[][] probabilities = Predictions.rows(inference, batch.x());
        for (int i = 0; i < batch.files().size(); i++) {
          String error = batch.errors().get(i);
          rows.accept(
              new Row(batch.files().get(i), error == null ? probabilities[i] : null, error));
        }
      }
    }
  }
}
