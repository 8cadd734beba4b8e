package io.octnet.benchmarks;

import io.octnet.features.FeatureCache;
import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.images.Interpolation;
import io.octnet.images.PixelCache;
import io.octnet.images.Preprocess;
import io.octnet.images.Raster8;
import io.octnet.models.BatchSource;
import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.optimizers.Adam;
import io.octnet.random.RandomStream;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The epochs after the first of VGG16 with a frozen backbone: batches of noise, whose features are
 * computed anew each time, or read from the cache that the first epoch filled.
 */
public final class FrozenEpoch {
  private static final int BATCHES = 4;

  private FrozenEpoch() {}

  static Job.Result measure(Job.Size size, boolean cached) throws Exception {
    int images = BATCHES * size.batch();
    return new Job.Result(seconds(size.batch(), size.image(), size.repetitions(), cached), images);
  }

  /** Seconds of each of so many epochs after the first. */
  static double[] seconds(int batch, int image, int epochs, boolean cached) throws Exception {
    List<Double> seconds = new ArrayList<>();
    train(BATCHES, batch, image, epochs + 1, cached, seconds::add);
    return seconds.stream().skip(1).mapToDouble(s -> s).toArray();
  }

  /** Is told of each epoch's end. */
  public interface Ends {
    void epoch(double seconds);
  }

  /** Trains for so many epochs of so many batches. */
  public static void train(int batches, int batch, int image, int epochs, boolean cached, Ends ends)
      throws Exception {
    Model model = Network.VGG16.article(image, image, 4);
    FineTune.FROZEN.apply(Network.VGG16, model);
    model.initialize(1);
    int images = batches * batch;
    try (TemporaryFolder folder = new TemporaryFolder("octnet-features");
        PixelCache pixels = noise(images, image)) {
      int[] labels = IntStream.range(0, images).map(i -> i % 4).toArray();
      int[] all = IntStream.range(0, images).toArray();
      BatchLoader loader = new BatchLoader(pixels, labels, batch, Preprocess.CAFFE);
      if (!cached) {
        fit(model, loader.training(all, 1, Augment.NONE), false, epochs, ends);
        return;
      }
      try (FeatureCache features =
          FeatureCache.open(
              model,
              new FeatureCache.Place(folder.path(), Preprocess.CAFFE, image, false),
              new FeatureCache.Images(loader, hashes(images), labels, batch),
              line -> {},
              () -> false)) {
        fit(model, features.training(all, 1, Augment.NONE), true, epochs, ends);
      }
    }
  }

  private static void fit(Model model, BatchSource source, boolean given, int epochs, Ends ends) {
    Callback clock =
        new Callback() {
          @Override
          public void onEpochEnd(Trainer trainer, EpochReport report) {
            ends.epoch(report.seconds());
          }
        };
    new Trainer(model, new Adam())
        .featuresGiven(given)
        .callbacks(List.of(clock))
        .fit(source, null, epochs);
  }

  /** Gray pictures. */
  static PixelCache noise(int images, int size) throws IOException {
    PixelCache.Loader loader =
        new PixelCache.Loader(
            size,
            Interpolation.LINEAR,
            Long.MAX_VALUE,
            Path.of(System.getProperty("java.io.tmpdir")));
    for (int i = 0; i < images; i++) {
      loader.accept(String.valueOf(i), noise(size, size, i));
    }
    return loader.cache(IntStream.range(0, images).mapToObj(String::valueOf).toList());
  }

  static Raster8 noise(int width, int height, long seed) {
    RandomStream random = RandomStream.of(seed);
    byte[] bytes = new byte[width * height];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (256 * random.nextFloat());
    }
    return new Raster8(width, height, 1, bytes);
  }

  private static List<String> hashes(int images) {
    return IntStream.range(0, images)
        .mapToObj(i -> HexFormat.of().toHexDigits(i).repeat(8))
        .toList();
  }
}
