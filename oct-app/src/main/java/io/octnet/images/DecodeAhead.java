package io.octnet.images;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Files decoded and resized a little ahead of the consumer, in their order, for one pass over
 * pictures that are not kept.
 */
public final class DecodeAhead implements Iterator<DecodeAhead.Decoded>, AutoCloseable {
  /**
   * A file's picture, or why there is none.
   *
   * @param pixels null for a file that cannot be read
   * @param error one line, or null
   */
  public record Decoded(Path file, Raster8 pixels, String error) {}

  private final Iterator<Path> files;
  private final int size;
  private final ExecutorService pool;
  private final Deque<Future<Decoded>> ahead = new ArrayDeque<>();

  /**
   * @param size height and width to resize to
   * @param lookAhead how many pictures are decoded at most before they are asked for
   */
  public DecodeAhead(List<Path> files, int size, int threads, int lookAhead) {
    this.files = files.iterator();
    this.size = size;
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("decode-", 0).daemon().factory());
    for (int i = 0; i < Math.max(1, lookAhead); i++) {
      submitOne();
    }
  }

  private void submitOne() {
    if (files.hasNext()) {
      Path file = files.next();
      ahead.add(pool.submit(() -> decode(file)));
    }
  }

  private Decoded decode(Path file) {
    try {
      Raster8 pixels = ImageDecoder.decode(ImageDecoder.bytes(file));
      return new Decoded(file, Interpolation.LINEAR.resize(pixels, size, size), null);
    } catch (UnreadableImageException e) {
      return new Decoded(file, null, e.getMessage());
    }
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * The next file's picture.
   *
   * @throws CancellationException when the calling thread is interrupted; its flag stays set
   */
  @Override
  public Decoded next() {
    if (ahead.isEmpty()) {
      throw new NoSuchElementException("all files were handed out");
    }
    submitOne();
    return Workers.await(ahead.remove());
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
