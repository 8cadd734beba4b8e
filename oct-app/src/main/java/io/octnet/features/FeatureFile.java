package io.octnet.features;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * Arrays of one length by the hash of what they were computed from, in a file that is mapped and
 * that several processes may share: records are only ever added, under a lock.
 *
 * <p>The file is {@code header, record, record, ...}, little-endian. Header, 64 bytes: {@code
 * "OCTNETF1"}, values a record (int), bytes a value (int), identity (32), CRC-32C of these (int).
 * Record: id (32), CRC-32C of id and values (int), zeros to 64 bytes, values as float32 or float16.
 * A record whose checksum is wrong counts as missing; a header that is not the expected one makes a
 * new file.
 */
public final class FeatureFile implements AutoCloseable {
  private static final byte[] MAGIC =
      "OCTNETF1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int HEAD = 64;
  private static final int ID = 32;

  /** File locks are the process's; its own threads take turns by these. */
  private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final Path path;
  private final FileChannel channel;
  private final int length;
  private final int bytesPerValue;
  private final boolean rebuilt;
  private final Map<Id, Long> places = new HashMap<>(); // of the records found
  private final Arena arena = Arena.ofShared();
  private MemorySegment mapped = MemorySegment.NULL;
  private long scanned = HEAD;

  /** The hash that a record is found by. */
  public record Id(byte[] sha256) {
    public Id {
      if (sha256.length != ID) {
        throw new IllegalArgumentException("expected 32 bytes, received " + sha256.length);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Id id && Arrays.equals(sha256, id.sha256);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sha256);
    }
  }

  private FeatureFile(
      Path path, FileChannel channel, int length, int bytesPerValue, boolean rebuilt) {
    this.path = path;
    this.channel = channel;
    this.length = length;
    this.bytesPerValue = bytesPerValue;
    this.rebuilt = rebuilt;
  }

  /**
   * Opens the file, makes it where there is none, and makes it anew where it is another's or
   * damaged.
   *
   * @param identity hash of all that the values depend on beside the image
   * @param length values of a record
   * @param half whether they are kept as float16
   */
  public static FeatureFile open(Path path, Id identity, int length, boolean half)
      throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    ReentrantLock turn = turn(path);
    turn.lock();
    try {
      ByteBuffer header = header(identity, length, half ? 2 : 4);
      boolean present = Files.exists(path);
      FileChannel channel = open(path);
      try (FileLock lock = channel.lock()) {
        boolean fits = channel.size() >= HEAD && read(channel, 0, HEAD).equals(header);
        if (fits || channel.size() == 0) {
          return opened(path, channel, header, length, half, false);
        }
      }
      channel.close(); // others may have it mapped: it is left to them, not cut short
      Files.deleteIfExists(path);
      FileChannel fresh = open(path);
      try (FileLock lock = fresh.lock()) {
        return opened(path, fresh, header, length, half, present);
      }
    } finally {
      turn.unlock();
    }
  }

  private static FeatureFile opened(
      Path path, FileChannel channel, ByteBuffer header, int length, boolean half, boolean rebuilt)
      throws IOException {
    FeatureFile file = new FeatureFile(path, channel, length, half ? 2 : 4, rebuilt);
    if (channel.size() == 0) {
      write(channel, header.duplicate(), 0);
    }
    file.dropTornEnd();
    file.refresh();
    return file;
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static ReentrantLock turn(Path path) {
    return TURNS.computeIfAbsent(path.toAbsolutePath().normalize(), p -> new ReentrantLock());
  }

  private static ByteBuffer header(Id identity, int length, int bytesPerValue) {
    ByteBuffer header = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putInt(length).putInt(bytesPerValue).put(identity.sha256);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).clear();
  }

  private long recordBytes() {
    return HEAD + (long) length * bytesPerValue;
  }

  /** What a process that was killed left half-written at the end. */
  private void dropTornEnd() throws IOException {
    long whole = (channel.size() - HEAD) / recordBytes();
    channel.truncate(HEAD + whole * recordBytes());
  }

  /** Finds the records that were added since. */
  private void scan() throws IOException {
    long end = HEAD + (channel.size() - HEAD) / recordBytes() * recordBytes();
    for (; scanned < end; scanned += recordBytes()) {
      places.put(new Id(read(channel, scanned, ID).array()), scanned);
    }
  }

  /**
   * Maps all records that were found. A mapping stays until the file is closed, so that one a
   * record would use up the process's addresses.
   */
  private void map() throws IOException {
    if (scanned > mapped.byteSize()) {
      mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, scanned, arena);
    }
  }

  /** Whether it was there but could not be used, so that it was begun anew. */
  public boolean rebuilt() {
    return rebuilt;
  }

  /** How many arrays it has. */
  public synchronized int size() {
    return places.size();
  }

  /** Bytes that an array takes in it. */
  public static long bytes(int length, boolean half) {
    return HEAD + (long) length * (half ? 2 : 4);
  }

  /** Whether the array is there, whole, and can be read; see {@link #refresh}. */
  public synchronized boolean has(Id id) {
    Long place = places.get(id);
    return place != null
        && place < mapped.byteSize()
        && whole(mapped.asSlice(place, recordBytes()).asByteBuffer());
  }

  /** Whether it is in the file, whole, be it mapped or not. */
  private boolean kept(Id id) throws IOException {
    Long place = places.get(id);
    return place != null && whole(read(channel, place, Math.toIntExact(recordBytes())));
  }

  private static boolean whole(ByteBuffer record) {
    int crc = crc(record.slice(0, ID), record.slice(HEAD, record.capacity() - HEAD));
    return record.order(ByteOrder.LITTLE_ENDIAN).getInt(ID) == crc;
  }

  private static int crc(ByteBuffer id, ByteBuffer values) {
    CRC32C crc = new CRC32C();
    crc.update(id);
    crc.update(values);
    return (int) crc.getValue();
  }

  /**
   * Copies an array.
   *
   * @throws IllegalStateException when it is not there; see {@link #has}
   */
  public synchronized void get(Id id, float[] out, int offset) {
    Long place = places.get(id);
    if (place == null) {
      throw new IllegalStateException("no such features in " + path);
    }
    MemorySegment values = mapped.asSlice(place + HEAD, recordBytes() - HEAD);
    if (bytesPerValue == 4) {
      MemorySegment.copy(
          values,
          ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
          0,
          out,
          offset,
          length);
      return;
    }
    ValueLayout.OfShort half = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      out[offset + i] = Float.float16ToFloat(values.getAtIndex(half, i));
    }
  }

  /** Adds an array that is not there yet; if another process was faster, its one stays. */
  public synchronized void put(Id id, float[] values, int offset) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(length * bytesPerValue).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      if (bytesPerValue == 4) {
        payload.putFloat(values[offset + i]);
      } else {
        payload.putShort(Float.floatToFloat16(values[offset + i]));
      }
    }
    ReentrantLock turn = turn(path);
    turn.lock();
    try (FileLock lock = channel.lock()) {
      dropTornEnd();
      scan();
      if (!kept(id)) {
        ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
        head.put(id.sha256).putInt(crc(ByteBuffer.wrap(id.sha256), payload.flip()));
        long end = channel.size();
        write(channel, head.clear(), end);
        write(channel, payload.rewind(), end + HEAD);
      }
    } finally {
      turn.unlock();
    }
  }

  /** Makes what was put readable. */
  public synchronized void refresh() throws IOException {
    scan();
    map();
  }

  private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // until it is full, or the file ends
    }
    return buffer.flip();
  }

  private static void write(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    long place = at;
    while (buffer.hasRemaining()) {
      place += channel.write(buffer, place);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    arena.close();
    channel.close();
  }
}
