package io.octnet.prediction;

import io.octnet.catalogue.SampleDepth;
import io.octnet.images.BitDepth;
import io.octnet.images.ScanFacts;
import io.octnet.images.ScanRef;
import io.octnet.models.Inference;
import io.octnet.runs.ModelInfo;
import java.util.List;
import java.util.function.Consumer;

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
   * @param name as it may be shown: without a patient's name or number
   * @param facts what it says of its patient, eye and volume
   * @param probabilities of the classes; null for a file that cannot be read
   * @param error why it cannot be read, in one line, or null
   */
  public record Row(
      ScanRef file, String name, ScanFacts facts, float[] probabilities, String error) {
    /** The index of the likeliest class. */
    public int likeliest() {
      return Predictions.likeliest(probabilities);
    }
  }

  /** As the network was trained; where no scan of its training told it, as these files do. */
  private BitDepth depth(List<ScanRef> files) {
    BitDepth trainedWith = trained.info().depth();
    return trainedWith == null
        ? SampleDepth.of(files.stream().map(ScanRef::file).distinct().toList(), threads)
            .orElse(BitDepth.BITS_16)
        : trainedWith;
  }

  /** Predicts files in their order; {@code rows} receives one row each. */
  public void predict(List<ScanRef> files, Consumer<Row> rows) {
    ModelInfo info = trained.info();
    try (Inference inference = Inference.of(trained.model());
        FileBatches batches =
            new FileBatches(
                files, info.imageSize(), info.preprocess(), depth(files), BATCH, threads)) {
      while (batches.hasNext()) {
        FileBatches.FileBatch batch = batches.next();
        float[][] probabilities = Predictions.rows(inference, batch.x());
        for (int i = 0; i < batch.files().size(); i++) {
          String error = batch.errors().get(i);
          rows.accept(
              new Row(
                  batch.files().get(i),
                  batch.names().get(i),
                  batch.facts().get(i),
                  error == null ? probabilities[i] : null,
                  error));
        }
      }
    }
  }
}
