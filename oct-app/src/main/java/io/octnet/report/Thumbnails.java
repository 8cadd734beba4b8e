package io.octnet.report;

import java.util.Optional;

/** Small pictures of scans. */
@FunctionalInterface
public interface Thumbnails {
  /** Nothing can be shown. */
  Thumbnails NONE = (file, label) -> Optional.empty();

  /**
   * A scan, and where the network saw what it says of it.
   *
   * @param scan JPEG
   * @param heat JPEG, with Grad-CAM over it
   */
  record Pair(byte[] scan, byte[] heat) {}

  /**
   * The pictures of a file of the data folder; empty when it cannot be read any more.
   *
   * @param label the class whose heat map is wanted
   */
  Optional<Pair> of(String file, int label);
}
