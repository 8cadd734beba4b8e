package io.octnet.keras;

import io.octnet.keras.KnownFiles.KnownFile;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the official weights of a network: in Keras's own cache, {@code ~/.keras/models}, else by
 * downloading them there. A file with another checksum is never used.
 */
public final class WeightFinder {
  private final Path cache;
  private final Downloader downloader;

  /** Finds files in a folder, and downloads what is missing into it. */
  public WeightFinder(Path cache, Downloader downloader) {
    this.cache = cache;
    this.downloader = downloader;
  }

  /** Keras's cache: {@code models} in {@code $KERAS_HOME}, or in {@code ~/.keras}. */
  public static Path defaultCache() {
    String home = System.getenv("KERAS_HOME");
    Path keras =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".keras")
            : Path.of(home);
    return keras.resolve("models");
  }

  /**
   * The file in the cache, if its checksum is that of the wanted one, or, since Keras gave both one
   * name, of its predecessor.
   *
   * @throws WeightFormatException if there is a file of that name with any other checksum
   */
  public Optional<Path> cached(KnownFile wanted) throws IOException {
    Path file = cache.resolve(wanted.fileName());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String md5 = KnownFiles.md5(file);
    boolean official =
        KnownFiles.withMd5(md5)
            .map(known -> known.fileName().equals(wanted.fileName()))
            .orElse(false);
    if (!official) {
      throw new WeightFormatException(
          file.toString(),
          "",
          Text.format(
              "has MD5 %s, the official file has %s: remove it, or name it with --weights",
              md5, wanted.md5()));
    }
    return Optional.of(file);
  }

  /**
   * The file in the cache, downloaded if it is not there.
   *
   * @throws WeightFormatException if it is neither there nor can be had: one line that says which
   *     file, its MD5, and where to put it
   */
  public Path find(KnownFile wanted, Downloader.Progress progress) throws IOException {
    Optional<Path> cached = cached(wanted);
    if (cached.isPresent()) {
      return cached.get();
    }
    Path file = cache.resolve(wanted.fileName());
    try {
      Files.createDirectories(cache);
      downloader.download(wanted.uri(), file, wanted.md5(), progress);
      return file;
    } catch (IOException e) {
      throw new WeightFormatException(
          wanted.fileName(),
          "",
          Text.format(
                  "is not in %s and could not be downloaded (%s); put the file with MD5 %s there, from %s,",
                  cache, reason(e), wanted.md5(), wanted.uri())
              + " or name it with --weights");
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
