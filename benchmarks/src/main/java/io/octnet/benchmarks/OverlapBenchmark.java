package io.octnet.benchmarks;

import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.images.BitDepth;
import io.octnet.images.Interpolation;
import io.octnet.images.PixelCache;
import io.octnet.images.Preprocess;
import io.octnet.images.ScanRef;
import io.octnet.images.Workers;
import io.octnet.models.BatchSource;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.optimizers.Adam;
import io.octnet.prediction.FileBatches;
import io.octnet.prediction.FilePredictions;
import io.octnet.prediction.TrainedModel;
import io.octnet.runs.ModelInfo;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What decoding adds to computing: scans predicted, and the first epoch of a training, beside
 * decoding alone and computing alone. Where computing takes every core, the sum of both is the
 * least that can be reached; later epochs decode nothing.
 */
final class OverlapBenchmark implements Benchmark {
  private static final List<String> CLASSES = List.of("CNV", "DME", "DRUSEN", "NORMAL");
  private static final int PER_CLASS = 16;
  private static final int BATCH = 16;

  @Override
  public String summary() {
    return "predicting and the first epoch, beside decoding and computing alone;"
        + " [--image PX] [--rounds N] [--out DIR]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "", "--image --rounds --out");
    int image = options.number("--image", 224);
    int rounds = options.number("--rounds", 5);
    try (TemporaryFolder temporary = new TemporaryFolder("octnet-scans")) {
      Path folder = temporary.path();
      List<ScanRef> files = draw(folder).stream().map(ScanRef::of).toList();
      Report report = new Report("overlap", options.out());
      report.say(Text.format("cnn3, %d px, %d scans of 512 x 496", image, files.size()));
      report
          .words("job", 12)
          .numbers(0, "decode ms", "compute ms", "both ms")
          .numbers(2, "both / larger")
          .header();
      report(report, "predict", rounds, predict(files, image));
      report(report, "first epoch", rounds, firstEpoch(folder, image));
      report.write();
    }
  }

  /** One job in three ways. */
  private record Ways(Timing.Work decode, Timing.Work compute, Timing.Work both) {}

  private static void report(Report report, String job, int rounds, Ways ways) throws Exception {
    double[][] seconds = new double[3][rounds];
    for (int round = -1; round < rounds; round++) { // the first warms up
      int i = 0;
      for (Timing.Work way : List.of(ways.decode, ways.compute, ways.both)) {
        long start = System.nanoTime();
        way.run();
        seconds[i++][Math.max(0, round)] = (System.nanoTime() - start) * 1e-9;
      }
    }
    double decode = Spread.of(seconds[0]).median();
    double compute = Spread.of(seconds[1]).median();
    double both = Spread.of(seconds[2]).median();
    report.row(job, decode * 1e3, compute * 1e3, both * 1e3, both / Math.max(decode, compute));
  }

  private static Ways predict(List<ScanRef> files, int image) {
    Model model = Network.CNN3.article(image, image, 4).initialize(1);
    TrainedModel trained =
        new TrainedModel(
            model, new ModelInfo(Network.CNN3, image, Preprocess.DIV255, CLASSES), Path.of("-"));
    FilePredictions predictions = new FilePredictions(trained, Workers.all());
    Tensor x = Tensor.zeros(Shape.of(BATCH, image, image, 3));
    return new Ways(
        () -> {
          try (FileBatches batches =
              new FileBatches(
                  files, image, Preprocess.DIV255, BitDepth.BITS_16, BATCH, Workers.all())) {
            while (batches.hasNext()) {
              batches.next().errors().forEach(error -> require(error == null));
            }
          }
        },
        () -> {
          try (Inference inference = Inference.of(model)) {
            for (int i = 0; i < files.size(); i += BATCH) {
              inference.predict(x).release();
            }
          }
        },
        () -> {
          List<FilePredictions.Row> rows = new ArrayList<>();
          predictions.predict(files, rows::add);
          require(rows.stream().allMatch(row -> row.error() == null));
        });
  }

  private static Ways firstEpoch(Path folder, int image) throws Exception {
    Trainer trainer = new Trainer(Network.CNN3.article(image, image, 4).initialize(1), new Adam());
    PixelCache ready = read(folder, image); // kept on the heap: nothing to close
    return new Ways(
        () -> read(folder, image).close(),
        () -> train(trainer, ready),
        () -> {
          try (PixelCache pixels = read(folder, image)) {
            train(trainer, pixels);
          }
        });
  }

  private static PixelCache read(Path folder, int image) throws IOException {
    PixelCache.Loader loader =
        new PixelCache.Loader(image, Interpolation.LINEAR, Long.MAX_VALUE, folder);
    return loader.cache(
        CatalogueReader.read(
                folder, CatalogueOptions.DEFAULT, loader, CatalogueReader.Progress.NONE)
            .files());
  }

  private static void train(Trainer trainer, PixelCache pixels) {
    int[] all = IntStream.range(0, pixels.images()).toArray();
    BatchSource batches =
        new BatchLoader(pixels, new int[all.length], BATCH, Preprocess.DIV255)
            .training(all, 1, Augment.NONE);
    trainer.fit(batches, null, trainer.epoch() + 1);
  }

  private static List<Path> draw(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : CLASSES) {
      Path of = Files.createDirectory(folder.resolve(name));
      for (int i = 1; i <= PER_CLASS; i++) {
        int seed = files.size();
        files.add(
            Files.write(
                of.resolve(Text.format("%s-%d-%d.jpeg", name, seed, i)), DataJobs.jpeg(seed)));
      }
    }
    return files;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a drawn scan cannot be read");
    }
  }
}
