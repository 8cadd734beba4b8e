package io.octnet.benchmarks;

import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.images.ImageDecoder;
import io.octnet.images.Interpolation;
import io.octnet.images.PixelCache;
import io.octnet.images.Preprocess;
import io.octnet.images.Raster8;
import io.octnet.images.Workers;
import io.octnet.models.BatchSource;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.models.WeightFiles;
import io.octnet.optimizers.Adam;
import io.octnet.zoo.Network;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What a training reads and writes: pictures, weights, checkpoints. Through all threads. */
final class DataJobs {
  private static final int WIDTH = 512; // of the public scans
  private static final int HEIGHT = 496;

  private DataJobs() {}

  /** Gray JPEGs, from memory: the disk is not measured. */
  static Job.Result decode(Job.Size size) throws Exception {
    byte[] jpeg = jpeg(1);
    int images = 4 * size.batch();
    double[] seconds =
        Timing.repeat(
            size.repetitions(), () -> Workers.forEach(images, Workers.all(), i -> decode(jpeg)));
    return new Job.Result(seconds, images);
  }

  private static void decode(byte[] jpeg) throws Exception {
    if (ImageDecoder.decode(jpeg).width() != WIDTH) {
      throw new IllegalStateException("the picture has another width");
    }
  }

  /** Smooth and speckled, so that it is as large as a scan. */
  static byte[] jpeg(int seed) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Raster8 noise = FrozenEpoch.noise(WIDTH, HEIGHT, seed);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int level = (int) (96 + 64 * Math.sin(y / 24.0) + noise.sample(x, y, 0) / 8.0);
        image.getRaster().setSample(x, y, 0, level);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  static Job.Result resize(Job.Size size) throws Exception {
    Raster8 scan = FrozenEpoch.noise(WIDTH, HEIGHT, 1);
    int images = 4 * size.batch();
    int side = size.image();
    double[] seconds =
        Timing.repeat(
            size.repetitions(),
            () ->
                Workers.forEach(
                    images,
                    Workers.all(),
                    i -> {
                      if (Interpolation.LINEAR.resize(scan, side, side).width() != side) {
                        throw new IllegalStateException("the picture has another width");
                      }
                    }));
    return new Job.Result(seconds, images);
  }

  /** An epoch's batches, as the training takes them. */
  static Job.Result batches(Job.Size size) throws Exception {
    int images = 16 * size.batch();
    try (PixelCache pixels = FrozenEpoch.noise(images, size.image())) {
      int[] all = IntStream.range(0, images).toArray();
      BatchLoader loader =
          new BatchLoader(pixels, new int[images], size.batch(), Preprocess.DIV255);
      BatchSource source = loader.training(all, 1, Augment.NONE);
      double[] seconds =
          Timing.repeat(
              size.repetitions(),
              () -> {
                try (BatchSource.Batches batches = source.open(0, 0)) {
                  while (batches.next() != null) {
                    // the training would take its step here
                  }
                }
              });
      return new Job.Result(seconds, images);
    }
  }

  /** VGG16's backbone, 59 MB. */
  static Job.Result importWeights(Job.Size size) throws Exception {
    Model model = Network.VGG16.backbone(64, 64).initialize(1);
    Path file = Files.createTempFile("octnet-", ".h5");
    try {
      WeightFiles.save(model, file);
      double[] seconds = Timing.repeat(size.repetitions(), () -> WeightFiles.load(model, file));
      return new Job.Result(seconds, Files.size(file) / 1e6);
    } finally {
      Files.delete(file);
    }
  }

  /** Weights, Adam's moments, and where the training is. */
  static Job.Result checkpoint(Job.Size size) throws Exception {
    Model model = Network.CNN7.article(32, 32, 4).initialize(1);
    Trainer trainer = new Trainer(model, new Adam());
    trainer.fit(Jobs.noise(2, 32, 1), null, 1);
    Path file = Files.createTempFile("octnet-", ".h5");
    try {
      double[] seconds =
          Timing.repeat(size.repetitions(), () -> WeightFiles.saveTraining(trainer, file));
      return new Job.Result(seconds, Files.size(file) / 1e6);
    } finally {
      Files.delete(file);
    }
  }
}
