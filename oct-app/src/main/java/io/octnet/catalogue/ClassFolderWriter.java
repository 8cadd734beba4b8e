package io.octnet.catalogue;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.UserException;
import io.octnet.images.PixelSink;
import io.octnet.images.Png;
import io.octnet.images.Pseudonym;
import io.octnet.images.Raster8;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Writes the scans of any layout as class folders, {@code CLASS/CLASS-<patient>-<n>.png}, and a
 * table, {@link #TABLE}, of where each came from. The folder appears whole or not at all: until the
 * end it has another name.
 */
public final class ClassFolderWriter implements PixelSink, AutoCloseable {
  /** {@code file,source,class,patient,eye,volume,part,sha256}, one row a scan. */
  public static final String TABLE = "files.csv";

  private final Path target;
  private final Path partial;
  private final Map<String, Path> written = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Into a folder that is not there yet, or empty.
   *
   * @throws UserException when something is in it, or it cannot be made
   */
  public ClassFolderWriter(Path target) {
    this.target = target.toAbsolutePath().normalize();
    this.partial = this.target.resolveSibling(this.target.getFileName() + ".partial");
    try {
      if (Files.exists(this.target) && (!Files.isDirectory(this.target) || !isEmpty(this.target))) {
        throw new UserException(target + " is not empty; give another --out");
      }
      delete(partial);
      Files.createDirectories(partial);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void accept(String file, Raster8 pixels) throws IOException {
    Path path = partial.resolve(count.incrementAndGet() + ".png");
    Files.write(path, Png.encode(pixels));
    written.put(file, path);
  }

  /** Gives the scans that were taken their names, writes the table, and ends. */
  public void finish(Catalogue catalogue) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord("file", "source", "class", "patient", "eye", "volume", "part", "sha256");
      Map<String, Integer> numbers = new HashMap<>();
      for (Scan scan : catalogue.scans()) {
        String folder = plain(catalogue.className(scan));
        String stem = scan.hasPatient() ? folder + "-" + plain(scan.patient()) : folder;
        String name = stem + "-" + numbers.merge(stem, 1, Integer::sum) + ".png";
        Files.createDirectories(partial.resolve(folder));
        Files.move(written.get(scan.file()), partial.resolve(folder).resolve(name));
        csv.writeRecord(
            folder + "/" + name,
            scan.file(),
            catalogue.className(scan),
            scan.patient(),
            scan.facts().eye(),
            scan.facts().volume(),
            scan.part(),
            scan.sha256());
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    try {
      Files.writeString(partial.resolve(TABLE), text.toString());
      Files.deleteIfExists(target);
      Files.move(partial, target);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** As it can stand in a file's name everywhere; a hash where it cannot, so that none coincide. */
  private static String plain(String name) {
    return name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*") && !name.endsWith(".")
        ? name
        : Pseudonym.of(name);
  }

  private UserException unwritable(IOException e) {
    return new UserException(
        "cannot write " + target + " (" + e.getClass().getSimpleName() + "); give another --out",
        e);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(all::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  /** Removes what was written, unless it was finished. */
  @Override
  public void close() {
    try {
      delete(partial);
    } catch (IOException e) {
      // the next run deletes it
    }
  }
}
