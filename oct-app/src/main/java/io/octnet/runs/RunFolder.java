package io.octnet.runs;

import io.octnet.UserException;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder {@code runs/train-<model>-<k>} and the names of what is in it. */
public final class RunFolder implements AutoCloseable {
  public static final String RUN = "run.json";
  public static final String CONFIG = "config.yaml";
  public static final String ENVIRONMENT = "environment.json";
  public static final String SPLIT = "split.csv";
  public static final String HISTORY = "history.csv";
  public static final String METRICS = "metrics.json";
  public static final String PREDICTIONS = "predictions.csv";
  public static final String BEST = "best.h5";
  public static final String LAST = "last.h5";
  public static final String PREVIOUS = "last.previous.h5";
  public static final String CHECKSUMS = "checksums.txt";
  static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lockFile; // null: open for reading

  private RunFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the next folder for a model, and locks it. Two processes never get the same one.
   *
   * @throws UserException when it cannot be made
   */
  public static RunFolder create(Path runs, String model) {
    try {
      Files.createDirectories(runs);
      for (int k = highest(runs, model) + 1; ; k++) {
        Path path = runs.resolve("train-" + model + "-" + k);
        try {
          return locked(Files.createDirectory(path));
        } catch (FileAlreadyExistsException e) {
          // another process was faster
        }
      }
    } catch (IOException e) {
      throw unwritable(runs, e);
    }
  }

  private static int highest(Path runs, String model) throws IOException {
    Pattern pattern = Pattern.compile("train-" + Pattern.quote(model) + "-([0-9]{1,9})");
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .map(entry -> pattern.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .max()
          .orElse(0);
    }
  }

  /**
   * Tries whether run folders can be made, and whether there is room for so many bytes. Leaves
   * nothing behind.
   *
   * @throws UserException when not
   */
  public static void requireRoom(Path runs, long bytes) {
    Path folder = nearestThere(runs);
    try {
      Files.delete(Files.createTempFile(folder, ".octnet-", ".try"));
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < bytes) {
        throw new UserException(
            Text.format(
                "a run takes about %,d MiB, %,d MiB are free in %s; free some, or choose another folder with --out",
                bytes >> 20, free >> 20, folder.toAbsolutePath()));
      }
    } catch (IOException e) {
      throw unwritable(runs, e);
    }
  }

  /** The folder, or that above it which exists. */
  public static Path nearestThere(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private static UserException unwritable(Path folder, IOException e) {
    return new UserException(
        Text.format(
            "cannot write into %s (%s); choose a folder that can be written with --out",
            folder.toAbsolutePath(), AtomicFiles.reason(e)),
        e);
  }

  /**
   * An existing run, for reading.
   *
   * @throws UserException when it is none
   */
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserException("no run folder " + path + "; expected one such as runs/train-cnn3-1");
    }
    if (!Files.isRegularFile(path.resolve(CONFIG))) {
      throw new UserException(
          Text.format(
              "%s is no run folder: it has no %s; expected one such as runs/train-cnn3-1",
              path, CONFIG));
    }
    return new RunFolder(path, null);
  }

  /**
   * An existing run, to go on with it.
   *
   * @throws UserException when it is none, or another process uses it
   */
  public static RunFolder openLocked(Path path) {
    open(path);
    return locked(path);
  }

  private static RunFolder locked(Path path) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RunFolder(path, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unwritable(path, e);
    }
    throw new UserException(
        path + " is in use by another process; wait for it, or start a new run without --resume");
  }

  /** Whether some process, this one included, has it locked. */
  public boolean inUse() {
    if (lockFile != null) {
      return true;
    }
    if (!Files.exists(path.resolve(LOCK))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) { // of another user, on a disk that cannot be written
      return false;
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // nothing was written through it
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Writes a text file, whole or not at all. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes files and folders that no longer belong to it; what is not there is no error. */
  public void remove(List<String> names) {
    for (String name : names) {
      if (!Files.exists(file(name))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(file(name))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw unwritable(file(name), e);
      }
    }
  }

  /** Makes a folder in it. */
  public void makeFolder(String name) {
    try {
      Files.createDirectories(file(name));
    } catch (IOException e) {
      throw unwritable(file(name), e);
    }
  }

  /** Writes a file, whole or not at all. */
  public void write(String name, byte[] bytes) {
    try {
      AtomicFiles.write(file(name), bytes);
    } catch (IOException e) {
      throw new UserException(
          Text.format("cannot write %s (%s); is the disk full?", file(name), AtomicFiles.reason(e)),
          e);
    }
  }

  /** Writes an object as JSON. */
  public void writeJson(String name, Object value) {
    write(name, Json.text(value) + "\n");
  }

  /** The resolved configuration, by names of options. */
  public Map<String, String> config() {
    return ConfigFile.read(file(CONFIG));
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
