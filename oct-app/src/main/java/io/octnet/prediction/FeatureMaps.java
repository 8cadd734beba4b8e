package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.catalogue.SampleDepth;
import io.octnet.images.BitDepth;
import io.octnet.images.Preprocess;
import io.octnet.images.ScanRef;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The final feature maps of a backbone, (N, h, w, C), for images or an array of them. */
public final class FeatureMaps {
  private static final int BATCH = 8;

  private FeatureMaps() {}

  /** Makes the backbone, with its weights, for a size of images. */
  @FunctionalInterface
  public interface Backbone {
    Model of(int height, int width);
  }

  /**
   * Images to be looked at, one after another.
   *
   * @param images how many
   */
  public record Input(int images, int height, int width, Source source) {}

  /** Gives a few pictures at a time, as the network takes them, once. */
  public interface Source extends AutoCloseable {
    /** The next ones: (n, H, W, 3). */
    Tensor next();

    @Override
    default void close() {}
  }

  /**
   * Image files, resized.
   *
   * @throws UserException while reading, when a file is damaged: rows must match files
   */
  public static Input files(List<ScanRef> files, int size, Preprocess preprocess, int threads) {
    BitDepth depth =
        SampleDepth.of(files.stream().map(ScanRef::file).distinct().toList(), threads)
            .orElse(BitDepth.BITS_16);
    FileBatches batches = new FileBatches(files, size, preprocess, depth, BATCH, threads);
    return new Input(files.size(), size, size, new FileSource(batches));
  }

  private record FileSource(FileBatches batches) implements Source {
    @Override
    public Tensor next() {
      FileBatches.FileBatch batch = batches.next();
      for (int i = 0; i < batch.files().size(); i++) {
        if (batch.errors().get(i) != null) {
          throw new UserException(
              Text.format(
                  "%s: %s; take it out of the input", batch.files().get(i), batch.errors().get(i)));
        }
      }
      return batch.x();
    }

    @Override
    public void close() {
      batches.close();
    }
  }

  /**
   * An array (N, H, W, 3): of uint8 pixels, which are preprocessed, or of float32 values, which are
   * taken as they are.
   *
   * @throws UserException when it is anything else
   */
  public static Input array(Path file, Preprocess preprocess) {
    Npy npy;
    try {
      npy = Npy.read(file);
    } catch (IOException e) {
      throw new UserException(e.getMessage(), e);
    }
    int[] dims = npy.dims();
    boolean bytes = npy.type().equals("|u1");
    boolean shaped = dims.length == 4 && dims[3] == 3 && npy.size() > 0;
    if (!shaped || !(bytes || npy.type().equals("<f4"))) {
      throw new UserException(
          Text.format(
              "%s holds %s of shape %s; expected uint8 or float32 of shape (N, H, W, 3)",
              file, npy.type(), Arrays.toString(dims)));
    }
    float[] floats = bytes ? null : npy.floats();
    int image = dims[1] * dims[2] * 3;
    int[] next = {0};
    Source source =
        () -> {
          int from = next[0];
          int n = Math.min(BATCH, dims[0] - from);
          next[0] += n;
          Tensor x = Tensor.zeros(Shape.of(n, dims[1], dims[2], 3));
          if (bytes) {
            byte[] pictures = Arrays.copyOfRange(npy.values(), from * image, (from + n) * image);
            preprocess.apply(pictures, 3, n * dims[1] * dims[2], x.data(), 0);
          } else {
            System.arraycopy(floats, from * image, x.data(), 0, n * image);
          }
          return x;
        };
    return new Input(dims[0], dims[1], dims[2], source);
  }

  /**
   * Computes the feature maps of all images and writes them as float32.
   *
   * @param progress receives how many are done
   * @return the shape that was written
   */
  public static Shape write(Input input, Backbone backbone, Path out, IntConsumer progress) {
    Model model = backbone.of(input.height, input.width);
    int[] map = model.outputShape().toArray();
    int length = map[0] * map[1] * map[2];
    if ((long) input.images * length > Integer.MAX_VALUE) {
      throw new UserException(
          Text.format(
              "%d feature maps of %d values do not fit into one array; give at most %d images",
              input.images, length, Integer.MAX_VALUE / length));
    }
    float[] features = new float[input.images * length];
    try (Inference inference = Inference.of(model);
        Source source = input.source) {
      for (int done = 0; done < input.images; ) {
        Tensor x = source.next();
        Tensor y = inference.predict(x);
        System.arraycopy(y.data(), 0, features, done * length, x.dim(0) * length);
        y.release();
        done += x.dim(0);
        progress.accept(done);
      }
    }
    Shape shape = Shape.of(input.images, map[0], map[1], map[2]);
    Npy.write(out, shape, features);
    return shape;
  }
}
