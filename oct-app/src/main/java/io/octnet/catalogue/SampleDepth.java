package io.octnet.catalogue;

import io.octnet.images.BitDepth;
import io.octnet.images.ScanFile;
import io.octnet.images.UnreadableImageException;
import io.octnet.images.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bits the 16-bit files of a data set really use: one decision for all of them, by the
 * largest sample. A set that is found to use all 16 is not looked through any further.
 */
public final class SampleDepth {
  private static final int NONE = -1;

  private final AtomicInteger largest = new AtomicInteger(NONE);

  private SampleDepth() {}

  /** Of these files; empty where none has 16-bit samples of unsaid depth. */
  public static Optional<BitDepth> of(List<Path> files, int threads) {
    return of(files, threads, CatalogueReader.Progress.NONE);
  }

  /** The same, and tells how far it is. */
  static Optional<BitDepth> of(List<Path> files, int threads, CatalogueReader.Progress progress) {
    SampleDepth depth = new SampleDepth();
    int count = files.size();
    AtomicInteger done = new AtomicInteger();
    Workers.forEach(
        count,
        threads,
        i -> {
          depth.look(files.get(i));
          progress.update(done.incrementAndGet(), count);
        });
    int found = depth.largest.get();
    return found == NONE ? Optional.empty() : Optional.of(BitDepth.holding(found));
  }

  private void look(Path path) {
    boolean known = BitDepth.holding(Math.max(0, largest.get())) == BitDepth.BITS_16;
    if (known || !ScanFile.mayHideItsDepth(path)) {
      return;
    }
    try (ScanFile file = ScanFile.open(path)) {
      for (int frame = 0; frame < file.frames(); frame++) {
        OptionalInt sample = file.largestSample(frame);
        sample.ifPresent(value -> largest.accumulateAndGet(value, Math::max));
      }
    } catch (UnreadableImageException e) {
      // told where the file is read
    }
  }
}
