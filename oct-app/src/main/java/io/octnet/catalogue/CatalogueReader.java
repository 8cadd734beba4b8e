package io.octnet.catalogue;

import io.octnet.UserException;
import io.octnet.images.BitDepth;
import io.octnet.images.PixelSink;
import io.octnet.images.Workers;
import io.octnet.layouts.Item;
import io.octnet.layouts.Layouts;
import io.octnet.layouts.LeftOut;
import io.octnet.layouts.Listing;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a data set: every scan is opened, hashed and decoded once. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /** Told how far the reading is; called from several threads. */
  @FunctionalInterface
  public interface Progress {
    Progress NONE = (done, total) -> {};

    void update(int done, int total);
  }

  /** Reads a data set for its catalogue alone. */
  public static Catalogue read(Path data, CatalogueOptions options) {
    return read(data, options, PixelSink.NONE, Progress.NONE);
  }

  /**
   * Reads a data set and hands every decoded picture to {@code sink}. The result is the same for
   * any number of threads. Damaged files are listed and left out.
   *
   * @param data the folder, or archive
   * @throws UserException when it cannot be read, is of no known layout, has too few classes or a
   *     class without readable image
   */
  public static Catalogue read(
      Path data, CatalogueOptions options, PixelSink sink, Progress progress) {
    Listing whole = Layouts.read(data, options.labels());
    checkClasses(data, whole, options.minimumClasses());
    Listing listing = Sample.of(whole, options.limit(), options.seed());
    BitDepth found =
        options.depth() == null
            ? SampleDepth.of(paths(listing), options.threads(), Progress.NONE).orElse(null)
            : options.depth();
    FileScans files = new FileScans(listing, options, found, sink);
    List<List<Item>> tasks = tasks(listing.items());
    FileScans.Read[] read = new FileScans.Read[tasks.size()];
    AtomicInteger done = new AtomicInteger();
    Workers.forEach(
        tasks.size(),
        options.threads(),
        i -> {
          read[i] = files.read(tasks.get(i));
          progress.update(done.addAndGet(tasks.get(i).size()), listing.items().size());
        });
    return catalogue(data, listing, Arrays.asList(read), found, options);
  }

  private static List<Path> paths(Listing listing) {
    return listing.items().stream().map(i -> i.path(listing.root())).distinct().toList();
  }

  /** One file each; an archive's frames together, in their order: going back unpacks it anew. */
  private static List<List<Item>> tasks(List<Item> items) {
    Map<String, List<Item>> byFile = new LinkedHashMap<>();
    items.forEach(item -> byFile.computeIfAbsent(item.file(), f -> new ArrayList<>()).add(item));
    byFile.values().forEach(frames -> frames.sort(Comparator.comparingInt(Item::frame)));
    return List.copyOf(byFile.values());
  }

  private static Catalogue catalogue(
      Path data,
      Listing listing,
      List<FileScans.Read> read,
      BitDepth depth,
      CatalogueOptions options) {
    List<Scan> scans = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>(listing.leftOut());
    List<String> notes = new ArrayList<>(listing.notes());
    for (FileScans.Read one : read) {
      scans.addAll(one.scans());
      leftOut.addAll(one.damaged());
      notes.addAll(one.warnings());
    }
    leftOut.sort(null);
    long volumes = read.stream().filter(one -> one.scans().size() > 1 && one.isVolume()).count();
    if (volumes > 0) {
      notes.add(volumes + " files hold several scans; each is read as a volume");
    }
    scans.sort(Comparator.comparingInt(Scan::label)); // stable: files, and frames, keep their order
    if (options.depth() == null && depth != null && depth != BitDepth.BITS_16) {
      notes.add(
          Text.format(
              "the samples of the 16-bit files use %d bits at most and are scaled by that;"
                  + " --bit-depth 16 leaves them as they are",
              depth.bits()));
    }
    Origin origin = new Origin(listing.layout(), notes, listing.leak(), depth);
    Catalogue catalogue = new Catalogue(listing.root(), listing.classes(), scans, leftOut, origin);
    checkEveryClassIsReadable(data, listing, catalogue);
    return catalogue;
  }

  private static void checkClasses(Path data, Listing listing, int minimum) {
    List<String> classes = listing.classes();
    if (classes.size() < minimum) {
      throw new UserException(
          Text.format(
              "%s has %d class folder (%s); expected at least %d sub-folders with images, one a class",
              data, classes.size(), String.join(", ", classes), minimum));
    }
  }

  private static void checkEveryClassIsReadable(Path data, Listing listing, Catalogue catalogue) {
    int[] counts = catalogue.countByClass();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        continue;
      }
      int label = c;
      List<String> files =
          listing.items().stream().filter(i -> i.label() == label).map(Item::name).toList();
      LeftOut first =
          catalogue.leftOut().stream()
              .filter(l -> files.contains(l.file()))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("neither read nor left out"));
      throw new UserException(
          Text.format(
              "no readable image of %s in %s (%s: %s); expected scans of a format that is read, e.g. JPEG, PNG, TIFF or DICOM",
              catalogue.classes().get(c), data, first.file(), first.reason()));
    }
  }
}
