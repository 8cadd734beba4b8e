package io.octnet.runs;

import io.octnet.UserException;
import io.octnet.images.Sha256;
import io.octnet.layouts.ScanTree;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** SHA-256 of every file of a run, in the format of {@code sha256sum}. */
public final class Checksums {
  private Checksums() {}

  /** Hashes all files below the folder of a run; the list itself and what systems leave apart. */
  public static Map<String, String> of(Path folder) {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean ours = Stream.of(name.split("/")).noneMatch(ScanTree::isSystems); // nor the lock
        if (ours && !name.equals(RunFolder.CHECKSUMS)) {
          sums.put(name, sha256(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return sums;
  }

  /** Writes the list, before the run's record, which is written last, says the same. */
  public static void write(RunFolder run, RunRecord record) {
    Map<String, String> sums = of(run.path());
    sums.put(RunFolder.RUN, Sha256.of(record.text().getBytes(StandardCharsets.UTF_8)));
    write(run, sums);
  }

  /** Takes up files that were made anew; a name that ends in a slash means all below it. */
  public static void renew(RunFolder run, List<String> names) {
    Predicate<String> renewed =
        file -> names.stream().anyMatch(n -> n.endsWith("/") ? file.startsWith(n) : file.equals(n));
    Map<String, String> sums = read(run.file(RunFolder.CHECKSUMS));
    sums.keySet().removeIf(renewed);
    of(run.path())
        .forEach(
            (file, sum) -> {
              if (renewed.test(file)) {
                sums.put(file, sum);
              }
            });
    write(run, sums);
  }

  private static void write(RunFolder run, Map<String, String> sums) {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    run.write(RunFolder.CHECKSUMS, text.toString());
  }

  /**
   * Compares a run with its list; one line for each file that differs, none if all is well.
   *
   * @throws UserException when there is no list that can be read
   */
  public static List<String> differences(RunFolder run) {
    Map<String, String> recorded = read(run.file(RunFolder.CHECKSUMS));
    Map<String, String> present = of(run.path());
    List<String> differences = new ArrayList<>();
    recorded.forEach(
        (name, sum) -> {
          String now = present.remove(name);
          if (now == null) {
            differences.add(name + " is missing");
          } else if (!now.equals(sum)) {
            differences.add(Text.format("%s has SHA-256 %s, recorded is %s", name, now, sum));
          }
        });
    present.keySet().forEach(name -> differences.add(name + " was not there when the run ended"));
    return differences;
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> sums = new TreeMap<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserException(file + " cannot be read; the run did not end, or is no run", e);
    }
    for (String line : lines) {
      if (!line.matches("[0-9a-f]{64}  .+")) {
        throw new UserException(file + ": '" + line + "' is no checksum and file name");
      }
      sums.put(line.substring(66), line.substring(0, 64));
    }
    return sums;
  }

  /** Of one file, in hex. */
  public static String sha256(Path file) throws IOException {
    return Sha256.of(file);
  }
}
