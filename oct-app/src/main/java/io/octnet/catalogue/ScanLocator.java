package io.octnet.catalogue;

import io.octnet.images.ScanRef;
import io.octnet.images.Sha256;
import io.octnet.layouts.ScanTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the scans of a run again: by name, or, where the name was changed since it said whose scan
 * it is, by the file's SHA-256.
 */
public final class ScanLocator {
  private final Path folder;
  private final Map<Path, String> hashes = new HashMap<>();
  private Map<String, Path> byHash; // null until it is wanted

  /**
   * In a data set.
   *
   * @param data its folder, or the archive
   */
  public ScanLocator(Path data) {
    Path absolute = data.toAbsolutePath().normalize();
    this.folder = Files.isDirectory(data) ? absolute : absolute.getParent();
  }

  /** Where a scan lies; empty where there is none of the name and none of the hash. */
  public Optional<ScanRef> find(String name, String sha256) {
    ScanRef named = ScanRef.parse(folder, name);
    Path file = named.file().normalize();
    if (file.startsWith(folder) && Files.isRegularFile(file)) {
      return Optional.of(new ScanRef(file, named.frame()));
    }
    return Optional.ofNullable(byHash().get(sha256)).map(f -> new ScanRef(f, named.frame()));
  }

  /** The SHA-256 of a file, read once. */
  public Optional<String> sha256(Path file) {
    return Optional.ofNullable(hashes.computeIfAbsent(file, ScanLocator::hash));
  }

  private Map<String, Path> byHash() {
    if (byHash == null) {
      byHash = new HashMap<>();
      for (String file : ScanTree.of(folder).trunk().scansBelow()) {
        Path path = folder.resolve(file);
        sha256(path).ifPresent(hash -> byHash.putIfAbsent(hash, path));
      }
    }
    return byHash;
  }

  private static String hash(Path path) {
    try {
      return Sha256.of(path);
    } catch (IOException e) {
      return null;
    }
  }
}
