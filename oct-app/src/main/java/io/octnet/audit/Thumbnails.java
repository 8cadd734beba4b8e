package io.octnet.audit;

import io.octnet.images.Interpolation;
import io.octnet.images.PixelCache;
import java.nio.file.Path;

/** The small pictures that the slow part of an audit compares. */
public final class Thumbnails {
  /** Their height and width: speckle of a scan survives in it, four pixels to one. */
  public static final int SIZE = 128;

  private Thumbnails() {}

  /**
   * A sink that collects them while a folder is read.
   *
   * @param memoryBytes what they may take in memory (16 KiB each); the rest goes to a file
   * @param folder where that file is made, if it is needed
   */
  public static PixelCache.Loader loader(long memoryBytes, Path folder) {
    return new PixelCache.Loader(SIZE, Interpolation.AREA, memoryBytes, folder);
  }

  /** A thumbnail in gray. */
  static byte[] gray(PixelCache cache, int image) {
    return cache.raster(image).toGray().bytes();
  }
}
