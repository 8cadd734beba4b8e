package io.octnet.images;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every picture, decoded and resized once, as {@code size x size} bytes a channel: in memory as far
 * as the budget goes, the rest in a temporary file that is mapped. Gray pictures take one channel.
 *
 * <p>Filled by a {@link Loader} while a folder is read; read from any thread afterwards.
 */
public final class PixelCache implements AutoCloseable {
  private final int size;
  private final MemorySegment[] pictures;
  private final Spill spill;

  private PixelCache(int size, MemorySegment[] pictures, Spill spill) {
    this.size = size;
    this.pictures = pictures;
    this.spill = spill;
  }

  /** Height and width of every picture. */
  public int size() {
    return size;
  }

  /** How many pictures there are. */
  public int images() {
    return pictures.length;
  }

  /** 1 for a gray picture, 3 for one in colour. */
  public int channels(int image) {
    return (int) (pictures[image].byteSize() / ((long) size * size));
  }

  /** Bytes of pixels in memory and in the file together. */
  public long bytes() {
    long sum = 0;
    for (MemorySegment picture : pictures) {
      sum += picture.byteSize();
    }
    return sum;
  }

  /** Of these, what the heap holds. */
  public long heapBytes() {
    long sum = 0;
    for (MemorySegment picture : pictures) {
      sum += picture.isNative() ? 0 : picture.byteSize();
    }
    return sum;
  }

  /** Copies a picture, {@code (size, size, channels)}, to the front of {@code out}. */
  public void copy(int image, byte[] out) {
    MemorySegment picture = pictures[image];
    MemorySegment.copy(
        picture, ValueLayout.JAVA_BYTE, 0, out, 0, Math.toIntExact(picture.byteSize()));
  }

  /** A copy of a picture. */
  public Raster8 raster(int image) {
    return new Raster8(size, size, channels(image), pictures[image].toArray(ValueLayout.JAVA_BYTE));
  }

  /** Gives back the temporary file, where there is one; the pictures in it are gone then. */
  @Override
  public void close() {
    spill.close();
  }

  /** Takes pictures in any order, from any thread, and resizes them. */
  public static final class Loader implements PixelSink, AutoCloseable {
    private final int size;
    private final Interpolation interpolation;
    private final long budget;
    private final AtomicLong inMemory = new AtomicLong();
    private final Map<String, MemorySegment> kept = new ConcurrentHashMap<>();
    private final Map<String, Place> spilled = new ConcurrentHashMap<>();
    private final Spill spill;
    private boolean handedOver;

    /**
     * @param size height and width to resize to
     * @param memoryBytes what may be held in memory; beyond it pictures go to a file
     * @param folder where that file is made, if it is needed
     */
    public Loader(int size, Interpolation interpolation, long memoryBytes, Path folder) {
      this.size = size;
      this.interpolation = interpolation;
      this.budget = memoryBytes;
      this.spill = new Spill(folder);
    }

    @Override
    public void accept(String file, Raster8 pixels) throws IOException {
      boolean shrinks = pixels.width() >= size && pixels.height() >= size;
      Raster8 resized = (shrinks ? interpolation : Interpolation.LINEAR).resize(pixels, size, size);
      int length = resized.bytes().length;
      if (inMemory.addAndGet(length) <= budget) {
        kept.put(file, MemorySegment.ofArray(resized.bytes()));
      } else {
        inMemory.addAndGet(-length);
        spilled.put(file, new Place(spill.append(resized.bytes()), length));
      }
    }

    /**
     * The cache of these files, in this order; picture i is that of {@code files.get(i)}. The
     * loader is done then.
     */
    public PixelCache cache(List<String> files) throws IOException {
      MemorySegment mapped = spill.map();
      MemorySegment[] pictures = new MemorySegment[files.size()];
      for (int i = 0; i < pictures.length; i++) {
        String file = files.get(i);
        Place place = spilled.get(file);
        pictures[i] = place == null ? kept.get(file) : mapped.asSlice(place.offset, place.length);
        if (pictures[i] == null) {
          throw new IllegalArgumentException("no pixels were loaded for " + file);
        }
      }
      handedOver = true;
      return new PixelCache(size, pictures, spill);
    }

    /** Gives the temporary file back, unless a cache has it. */
    @Override
    public void close() {
      if (!handedOver) {
        spill.close();
      }
    }
  }

  private record Place(long offset, int length) {}

  /** The file for what does not fit in memory; made at the first use, deleted at the end. */
  private static final class Spill implements AutoCloseable {
    private final Path folder;
    private final AtomicLong end = new AtomicLong();
    private final Arena arena = Arena.ofShared();
    private FileChannel channel;

    Spill(Path folder) {
      this.folder = folder;
    }

    long append(byte[] bytes) throws IOException {
      FileChannel target = open();
      long offset = end.getAndAdd(bytes.length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        target.write(buffer, offset + buffer.position());
      }
      return offset;
    }

    private synchronized FileChannel open() throws IOException {
      if (channel == null) {
        Path file = Files.createTempFile(folder, ".octnet-pixels", ".cache");
        // the system itself deletes it, also when the process is killed; Unix now, Windows at the
        // end
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      return channel;
    }

    MemorySegment map() throws IOException {
      return channel == null
          ? MemorySegment.NULL
          : channel.map(FileChannel.MapMode.READ_ONLY, 0, end.get(), arena);
    }

    @Override
    public synchronized void close() {
      arena.close();
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        // a temporary file that stays behind is deleted when the JVM ends
      }
    }
  }
}
