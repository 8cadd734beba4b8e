package io.octnet.features;

import io.octnet.UserException;
import io.octnet.compute.Backend;
import io.octnet.images.Augment;
import io.octnet.images.BatchLoader;
import io.octnet.images.Preprocess;
import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.runs.AtomicFiles;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The outputs of a model's constant part, computed once an image and kept in a {@link FeatureFile}
 * for later epochs and later runs. Batches of features are those that the same training without a
 * cache computes, bit for bit; where images are augmented, each has {@value #VARIANTS} variants,
 * taken in turn, epoch by epoch.
 */
public final class FeatureCache implements AutoCloseable {
  /** How many augmented forms an image has. */
  public static final int VARIANTS = 8;

  /** Reading more than this many times the image is slower than computing a layer or two. */
  private static final int LARGEST = 2;

  private final Model frozen;
  private final FeatureFile file;
  private final BatchLoader loader;
  private final List<String> hashes;
  private final int[] labels;
  private final int batchSize;
  private final Consumer<String> progress;
  private final BooleanSupplier stopped;
  private final int[] shape;
  private final boolean half;

  /**
   * What is cached.
   *
   * @param folder where the files of all runs lie
   * @param imageSize height and width of the images
   * @param half whether features are kept as float16: half the room, 11 bits
   */
  public record Place(Path folder, Preprocess preprocess, int imageSize, boolean half) {}

  /**
   * The images.
   *
   * @param hashes of the decoded pixels ({@link io.octnet.catalogue.Scan#pixelHash}), in the order
   *     of the loader: files of several frames, and a depth read otherwise, have features of their
   *     own
   * @param batchSize of training
   */
  public record Images(BatchLoader loader, List<String> hashes, int[] labels, int batchSize) {}

  private FeatureCache(
      Model frozen,
      FeatureFile file,
      Images images,
      boolean half,
      Consumer<String> progress,
      BooleanSupplier stopped) {
    this.half = half;
    this.frozen = frozen;
    this.file = file;
    this.loader = images.loader;
    this.hashes = List.copyOf(images.hashes);
    this.labels = images.labels.clone();
    this.batchSize = images.batchSize;
    this.progress = progress;
    this.stopped = stopped;
    this.shape = frozen.outputShape().toArray();
  }

  /** Whether a model has a constant part whose outputs are worth keeping. */
  public static boolean suits(Model model) {
    String last = model.frozenUntil();
    return !last.equals(model.layers().getFirst().name())
        && model.outputShape(last).size() <= LARGEST * model.inputShape().size();
  }

  /** Bytes that so many images take on the disk. */
  public static long bytes(Model model, int images, boolean augmented, boolean half) {
    int length = model.outputShape(model.frozenUntil()).size();
    return FeatureFile.bytes(length, half) * images * (augmented ? VARIANTS : 1);
  }

  /**
   * Opens the file of a model.
   *
   * @param progress receives how far computing is
   * @param stopped whether to give up computing
   * @throws UserException when it cannot be written
   */
  public static FeatureCache open(
      Model model, Place place, Images images, Consumer<String> progress, BooleanSupplier stopped) {
    Model frozen = model.until(model.frozenUntil());
    String backend = Backend.compute().description().replaceAll(", \\d+ threads?", "");
    FeatureFile.Id identity =
        FeatureKey.identity(frozen, place.preprocess, place.imageSize, backend);
    String name =
        Text.format(
            "%s-%s%s.features",
            model.name(),
            HexFormat.of().formatHex(identity.sha256(), 0, 8),
            place.half ? "-half" : "");
    Path path = place.folder.resolve(name);
    try {
      int length = frozen.outputShape().size();
      FeatureFile file = FeatureFile.open(path, identity, length, place.half);
      return new FeatureCache(frozen, file, images, place.half, progress, stopped);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Whether its file was damaged, so that it was begun anew. */
  public boolean rebuilt() {
    return file.rebuilt();
  }

  private static UserException unusable(Object path, IOException e) {
    return new UserException(
        Text.format(
            "cannot keep features in %s (%s); choose another --out, or train with --no-feature-cache",
            path, AtomicFiles.reason(e)),
        e);
  }

  /**
   * Says what the disk must hold before anything is computed.
   *
   * @throws UserException when it has less room
   */
  public static void checkRoom(Path folder, long bytes) {
    try {
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < bytes) {
        throw new UserException(
            Text.format(
                "the feature cache needs %,d MiB, %,d MiB are free in %s; free some, use a smaller --limit, or train with --no-feature-cache",
                bytes >> 20, free >> 20, folder));
      }
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Bytes that the file still has to grow by until it holds all images in all their variants. */
  public long missingBytes(boolean augmented, long seed) {
    long missing = 0;
    for (int variant = 0; variant < (augmented ? VARIANTS : 1); variant++) {
      for (FeatureFile.Id id : ids(augmented, seed, variant)) {
        missing += file.has(id) ? 0 : 1;
      }
    }
    return missing * FeatureFile.bytes(frozen.outputShape().size(), half);
  }

  /** These images in this order, unchanged. */
  public BatchSource inOrder(int[] images) {
    return source(images.clone(), false, 0, Augment.NONE);
  }

  /** These images in a new order each epoch, as {@link BatchLoader#training} has them. */
  public BatchSource training(int[] images, long seed, Augment augment) {
    return source(images.clone(), true, seed, augment);
  }

  private BatchSource source(int[] images, boolean shuffle, long seed, Augment augment) {
    boolean augmented = !augment.equals(Augment.NONE);
    return new BatchSource() {
      @Override
      public int steps() {
        return Math.ceilDiv(images.length, batchSize);
      }

      @Override
      public int examples() {
        return images.length;
      }

      @Override
      public Batches open(int epoch, int firstStep) {
        int variant = augmented ? epoch % VARIANTS : 0;
        FeatureFile.Id[] ids = ids(augmented, seed, variant);
        compute(images, ids, seed, variant, augment);
        int[] order = shuffle ? BatchLoader.shuffled(images, seed, epoch) : images;
        return new CachedBatches(order, ids, firstStep);
      }
    };
  }

  private FeatureFile.Id[] ids(boolean augmented, long seed, int variant) {
    FeatureFile.Id[] ids = new FeatureFile.Id[hashes.size()];
    for (int i = 0; i < ids.length; i++) {
      String change = augmented ? Text.format("light %d %d %d", seed, variant, i) : "";
      ids[i] = FeatureKey.image(hashes.get(i), change);
    }
    return ids;
  }

  /** Computes what is missing, in order. */
  private void compute(
      int[] images, FeatureFile.Id[] ids, long seed, int variant, Augment augment) {
    int[] missing = IntStream.of(images).filter(i -> !file.has(ids[i])).sorted().toArray();
    if (missing.length == 0) {
      return;
    }
    int length = frozen.outputShape().size();
    int done = 0;
    try (Inference inference = Inference.of(frozen);
        BatchSource.Batches batches = loader.augmented(missing, seed, augment).open(variant, 0)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException("interrupted while computing features");
        }
        Tensor features = inference.predict(batch.x());
        for (int n = 0; n < batch.size(); n++) {
          file.put(ids[missing[done + n]], features.data(), n * length);
        }
        features.release();
        done += batch.size();
        progress.accept(Text.format("computing features: %d of %d", done, missing.length));
      }
      file.refresh();
    } catch (IOException e) {
      throw unusable("the feature cache", e);
    }
  }

  /** Batches copied out of the file; the one handed out before is filled anew. */
  private final class CachedBatches implements BatchSource.Batches {
    private final int[] order;
    private final FeatureFile.Id[] ids;
    private int step;
    private Tensor x;

    CachedBatches(int[] order, FeatureFile.Id[] ids, int firstStep) {
      this.order = order;
      this.ids = ids;
      this.step = firstStep;
    }

    @Override
    public Batch next() {
      int from = step++ * batchSize;
      if (from >= order.length) {
        return null;
      }
      int n = Math.min(batchSize, order.length - from);
      if (x == null || x.dim(0) != n) {
        x = Tensor.zeros(Shape.of(batchOf(n)));
      }
      int length = x.size() / n;
      int[] classes = new int[n];
      for (int i = 0; i < n; i++) {
        file.get(ids[order[from + i]], x.data(), i * length);
        classes[i] = labels[order[from + i]];
      }
      return new Batch(x, classes);
    }

    private int[] batchOf(int n) {
      int[] dims = new int[shape.length + 1];
      dims[0] = n;
      System.arraycopy(shape, 0, dims, 1, shape.length);
      return dims;
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unusable("the feature cache", e);
    }
  }
}
