package io.octnet.images;

import java.io.IOException;

/**
 * Receives every decoded picture while a folder is read, so that nothing is decoded twice. Called
 * from several threads at once, in no order.
 */
@FunctionalInterface
public interface PixelSink {
  /** Drops the pictures. */
  PixelSink NONE = (file, pixels) -> {};

  /** Takes the picture of this file. */
  void accept(String file, Raster8 pixels) throws IOException;

  /** Both sinks, this one first. */
  default PixelSink and(PixelSink other) {
    return (file, pixels) -> {
      accept(file, pixels);
      other.accept(file, pixels);
    };
  }
}
