package io.octnet.prediction;

import io.octnet.compute.Backend;
import io.octnet.images.BitDepth;
import io.octnet.images.Interpolation;
import io.octnet.images.Preprocess;
import io.octnet.images.Raster8;
import io.octnet.images.ScanFacts;
import io.octnet.images.ScanReader;
import io.octnet.images.ScanRef;
import io.octnet.images.UnreadableImageException;
import io.octnet.images.Workers;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Image files as batches for a network: while it computes one, the next is decoded, resized and
 * preprocessed by other threads, straight into its place in one of two buffers.
 */
public final class FileBatches implements AutoCloseable {
  private final List<ScanRef> files;
  private final int size;
  private final Preprocess preprocess;
  private final int batchSize;
  private final ExecutorService pool;
  private final ThreadLocal<ScanReader> readers; // a volume stays open while its frames are read
  private final List<ScanReader> opened = Collections.synchronizedList(new ArrayList<>());
  private final Buffer[] buffers = new Buffer[2]; // by turns
  private final List<Tensor> allocated = new ArrayList<>();
  private int started;
  private int handedOut;

  /**
   * A batch.
   *
   * @param names of each file, as they may be shown
   * @param facts of each file: what it says of its patient
   * @param errors of each file: one line why it cannot be read, or null
   * @param x (N, H, W, 3); what stands in the place of a file that cannot be read means nothing
   */
  public record FileBatch(
      List<ScanRef> files,
      List<String> names,
      List<ScanFacts> facts,
      List<String> errors,
      Tensor x) {}

  /** What came of a file. */
  private record Loaded(String name, ScanFacts facts, String error) {}

  /** A batch in preparation. */
  private record Buffer(List<ScanRef> files, List<Future<Loaded>> loaded, Tensor x) {}

  /**
   * Begins with the first batch.
   *
   * @param size height and width to resize to
   * @param depth of 16-bit samples, where a file does not say it
   * @param threads that decode
   */
  public FileBatches(
      List<ScanRef> files,
      int size,
      Preprocess preprocess,
      BitDepth depth,
      int batchSize,
      int threads) {
    this.files = files;
    this.size = size;
    this.preprocess = preprocess;
    this.batchSize = batchSize;
    this.readers = ThreadLocal.withInitial(() -> reader(depth));
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("decode-", 0).daemon().factory());
    start();
  }

  /** Begins to decode the next batch, if there is one. */
  private void start() {
    int from = started * batchSize;
    if (from >= files.size()) {
      return;
    }
    List<ScanRef> part = files.subList(from, Math.min(files.size(), from + batchSize));
    Buffer before = buffers[started % 2];
    boolean fits = before != null && before.x.dim(0) == part.size();
    Tensor x = fits ? before.x : allocate(part.size());
    List<Future<Loaded>> loaded = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      ScanRef file = part.get(i);
      int place = i * size * size * 3;
      loaded.add(pool.submit(() -> load(file, x, place)));
    }
    buffers[started++ % 2] = new Buffer(part, loaded, x);
  }

  private ScanReader reader(BitDepth depth) {
    ScanReader reader = new ScanReader(depth);
    opened.add(reader);
    return reader;
  }

  /** From the engine's pool: fresh memory costs as much as decoding. */
  private Tensor allocate(int n) {
    Tensor x = Tensor.allocate(Backend.compute().pool(), Shape.of(n, size, size, 3));
    allocated.add(x);
    return x;
  }

  private Loaded load(ScanRef file, Tensor x, int place) {
    ScanReader reader = readers.get();
    String name = reader.masked(file, file.toString());
    try {
      Raster8 scan = reader.read(file);
      Raster8 resized = Interpolation.LINEAR.resize(scan, size, size);
      preprocess.apply(resized.bytes(), resized.channels(), size * size, x.data(), place);
      return new Loaded(name, reader.facts(file), null);
    } catch (UnreadableImageException e) {
      return new Loaded(name, ScanFacts.NONE, e.getMessage());
    }
  }

  /** Whether files are left. */
  public boolean hasNext() {
    return handedOut * batchSize < files.size();
  }

  /**
   * The next batch. The one handed out before is filled anew from now on.
   *
   * @throws CancellationException when the calling thread is interrupted; its flag stays set
   */
  public FileBatch next() {
    Buffer buffer = buffers[handedOut++ % 2];
    start();
    List<String> names = new ArrayList<>();
    List<ScanFacts> facts = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Future<Loaded> one : buffer.loaded) {
      Loaded loaded = Workers.await(one);
      names.add(loaded.name);
      facts.add(loaded.facts);
      errors.add(loaded.error);
    }
    return new FileBatch(buffer.files, names, facts, errors, buffer.x);
  }

  @Override
  public void close() {
    pool.shutdownNow();
    pool.close(); // waits for those that still write
    opened.forEach(ScanReader::close);
    allocated.forEach(Tensor::release);
  }
}
