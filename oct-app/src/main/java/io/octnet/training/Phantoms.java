package io.octnet.training;

import io.octnet.UserException;
import io.octnet.runs.AtomicFiles;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The drawn data set that stands in for one's own. */
public final class Phantoms {
  private Phantoms() {}

  /**
   * The folder of the default set, drawn if it is not there yet. It appears whole or not at all.
   *
   * @throws UserException when it cannot be written
   */
  public static Path in(Path runs, int threads, Progress progress) {
    return in(runs, SyntheticSet.DEFAULT, threads, progress);
  }

  /** Where the default set lies, drawn or not. */
  static Path folder(Path runs) {
    return folder(runs, SyntheticSet.DEFAULT);
  }

  private static Path folder(Path runs, SyntheticSet set) {
    return runs.resolve(
        Text.format("phantoms-%dx%dpx-seed%d", set.imagesPerClass(), set.height(), set.seed()));
  }

  static Path in(Path runs, SyntheticSet set, int threads, Progress progress) {
    Path folder = folder(runs, set);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    progress.running("drawing phantoms");
    try {
      Files.createDirectories(runs);
      Path temporary =
          runs.resolve(
              Text.format(
                  ".phantoms-%d-%d",
                  ProcessHandle.current().pid(), Thread.currentThread().threadId()));
      try {
        set.write(temporary, threads);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        if (!Files.isDirectory(folder)) { // else another process drew the same ones meanwhile
          throw e;
        }
      } finally {
        delete(temporary);
      }
    } catch (IOException e) {
      throw new UserException(
          Text.format(
              "cannot write phantoms into %s (%s); choose a folder that can be written with --out",
              runs.toAbsolutePath(), AtomicFiles.reason(e)),
          e);
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
