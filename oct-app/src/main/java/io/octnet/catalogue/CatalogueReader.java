package io.octnet.catalogue;

import io.octnet.UserException;
import io.octnet.images.ImageDecoder;
import io.octnet.images.PixelSink;
import io.octnet.images.Raster8;
import io.octnet.images.UnreadableImageException;
import io.octnet.images.Workers;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a data folder: every file is opened, hashed and decoded once. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /** Told how far the reading is; called from several threads. */
  @FunctionalInterface
  public interface Progress {
    Progress NONE = (done, total) -> {};

    void update(int done, int total);
  }

  /** Reads a folder for its catalogue alone. */
  public static Catalogue read(Path folder, CatalogueOptions options) {
    return read(folder, options, PixelSink.NONE, Progress.NONE);
  }

  /**
   * Reads a folder and hands every decoded picture to {@code sink}. The result is the same for any
   * number of threads. Damaged files are listed and left out.
   *
   * @throws UserException when the folder cannot be read, has too few classes or no readable image
   */
  public static Catalogue read(
      Path folder, CatalogueOptions options, PixelSink sink, Progress progress) {
    Listing listing =
        Listing.of(folder, options.minimumClasses()).sample(options.limit(), options.seed());
    int count = listing.items().size();
    Scan[] scans = new Scan[count];
    LeftOut[] damaged = new LeftOut[count];
    AtomicInteger done = new AtomicInteger();
    Workers.forEach(
        count,
        options.threads(),
        i -> {
          Listing.Item item = listing.items().get(i);
          try {
            scans[i] = scan(listing, item, options.patients(), sink);
          } catch (UnreadableImageException e) {
            damaged[i] = LeftOut.damaged(item.file(), e.getMessage());
          }
          progress.update(done.incrementAndGet(), count);
        });
    List<LeftOut> leftOut = new ArrayList<>(listing.leftOut());
    Arrays.stream(damaged).filter(Objects::nonNull).forEach(leftOut::add);
    Collections.sort(leftOut);
    List<Scan> readable = Arrays.stream(scans).filter(Objects::nonNull).toList();
    Catalogue catalogue = new Catalogue(listing.root(), listing.classes(), readable, leftOut);
    checkEveryClassIsReadable(folder, catalogue, damaged);
    return catalogue;
  }

  private static Scan scan(
      Listing listing, Listing.Item item, PatientPattern patients, PixelSink sink)
      throws UnreadableImageException {
    byte[] bytes = ImageDecoder.bytes(listing.root().resolve(item.file()));
    Raster8 pixels = ImageDecoder.decode(bytes);
    try {
      sink.accept(item.file(), pixels);
    } catch (IOException e) {
      throw new UserException(
          "cannot keep the pixels of "
              + item.file()
              + ": "
              + e.getMessage()
              + "; is the disk full?",
          e);
    }
    String className = listing.classes().get(item.label());
    String name = item.file().substring(item.file().indexOf('/') + 1);
    return new Scan(
        item.file(),
        item.label(),
        patients.patient(className, name),
        pixels.width(),
        pixels.height(),
        sha256(bytes),
        pixels.hash());
  }

  private static void checkEveryClassIsReadable(
      Path folder, Catalogue catalogue, LeftOut[] damaged) {
    int[] counts = catalogue.countByClass();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        String prefix = catalogue.classes().get(c) + "/";
        LeftOut first =
            Arrays.stream(damaged)
                .filter(l -> l != null && l.file().startsWith(prefix))
                .findFirst()
                .orElseThrow();
        throw new UserException(
            Text.format(
                "no readable image in %s (%s: %s); expected JPEG, PNG, TIFF or BMP images",
                folder.resolve(catalogue.classes().get(c)), first.file(), first.reason()));
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
