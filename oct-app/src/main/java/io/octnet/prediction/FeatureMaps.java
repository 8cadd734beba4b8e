package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.images.DecodeAhead;
import io.octnet.images.DecodeAhead.Decoded;
import io.octnet.images.Preprocess;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
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

  /** Writes a picture as the network takes it. */
  @FunctionalInterface
  public interface Source {
    void next(float[] x, int offset);
  }

  /**
   * Image files, resized.
   *
   * @throws UserException while reading, when a file is damaged: rows must match files
   */
  public static Input files(List<Path> files, int size, Preprocess preprocess, int threads) {
    DecodeAhead decoded = new DecodeAhead(files, size, threads, BATCH);
    return new Input(
        files.size(),
        size,
        size,
        (x, offset) -> {
          Decoded file = decoded.next();
          if (file.error() != null) {
            decoded.close();
            throw new UserException(
                "%s: %s; take it out of the input".formatted(file.file(), file.error()));
          }
          int channels = file.pixels().channels();
          preprocess.apply(file.pixels().bytes(), channels, size * size, x, offset);
          if (!decoded.hasNext()) {
            decoded.close();
          }
        });
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
          "%s holds %s of shape %s; expected uint8 or float32 of shape (N, H, W, 3)"
              .formatted(file, npy.type(), Arrays.toString(dims)));
    }
    int pixels = dims[1] * dims[2];
    float[] floats = bytes ? null : npy.floats();
    int[] next = {0};
    return new Input(
        dims[0],
        dims[1],
        dims[2],
        (x, offset) -> {
          int from = next[0]++ * pixels * 3;
          if (bytes) {
            byte[] picture = Arrays.copyOfRange(npy.values(), from, from + pixels * 3);
            preprocess.apply(picture, 3, pixels, x, offset);
          } else {
            System.arraycopy(floats, from, x, offset, pixels * 3);
          }
        });
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
          "%d feature maps of %d values do not fit into one array; give at most %d images"
              .formatted(input.images, length, Integer.MAX_VALUE / length));
    }
    float[] features = new float[input.images * length];
    int image = input.height * input.width * 3;
    try (Inference inference = Inference.of(model)) {
      for (int from = 0; from < input.images; from += BATCH) {
        int n = Math.min(BATCH, input.images - from);
        Tensor x = Tensor.zeros(Shape.of(n, input.height, input.width, 3));
        for (int i = 0; i < n; i++) {
          input.source.next(x.data(), i * image);
        }
        Tensor y = inference.predict(x);
        System.arraycopy(y.data(), 0, features, from * length, n * length);
        y.release();
        progress.accept(from + n);
      }
    }
    Shape shape = Shape.of(input.images, map[0], map[1], map[2]);
    Npy.write(out, shape, features);
    return shape;
  }
}
