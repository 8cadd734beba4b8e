package io.octnet.images;

import io.octnet.UserException;
import io.octnet.tensor.Npy;
import io.octnet.text.Text;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * NumPy's archive of arrays, as MedMNIST has them: {@code train_images}, {@code val_images}, {@code
 * test_images}, (N, H, W) or (N, H, W, 3) of bytes, and {@code *_labels}, (N) or (N, 1). Its frames
 * are the images of the three, in this order, read one by one: reading them in order is fast,
 * another order unpacks an array anew.
 *
 * <p>A length is believed only as far as its packed bytes can hold it.
 */
public final class Npz implements ScanFile {
  /** The parts, in the order of the frames. */
  public static final List<String> PARTS = List.of("train", "val", "test");

  private static final String IMAGES = "_images";

  /** Deflate packs at most so many bytes into one. */
  private static final long BEST_RATIO = 1032;

  private static final int MOST_ARRAYS = 1000;
  private static final int MOST_LABELS = 10_000_000;

  private final Path path;
  private final ZipFile zip;
  private final Map<String, Array> arrays = new TreeMap<>();
  private final Map<String, Array> images = new LinkedHashMap<>();
  private Reading reading; // where the last frame was read

  private Npz(Path path, ZipFile zip) throws IOException, UnreadableImageException {
    this.path = path;
    this.zip = zip;
    if (zip.size() > MOST_ARRAYS) {
      throw new IOException("an archive of " + zip.size() + " files");
    }
    for (ZipEntry entry : zip.stream().toList()) {
      if (entry.getName().endsWith(".npy")) {
        Array array = array(entry);
        arrays.put(array.name, array);
      }
    }
    for (String part : PARTS) {
      if (arrays.containsKey(part + IMAGES)) {
        images.put(part, imageArray(arrays.get(part + IMAGES)));
      }
    }
    if (images.isEmpty()) {
      throw new UnreadableImageException(
          "an archive without train_images, val_images or test_images; MedMNIST's .npz has them");
    }
  }

  /** An array of the archive. */
  private record Array(String name, ZipEntry entry, Npy.Header header) {
    int dim(int axis) {
      return header.dims()[axis];
    }

    int channels() {
      return header.dims().length == 4 ? 3 : 1;
    }

    int imageBytes() {
      return dim(1) * dim(2) * channels();
    }
  }

  /** An array being read: its stream stands before this frame. */
  private record Reading(Array array, DataInputStream in, int next) {}

  /** Whether a file is taken for an archive by its name. */
  public static boolean isArchiveName(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  static boolean isNpz(byte[] head) {
    return head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  }

  /** Opens an archive of images. */
  public static Npz open(Path path) throws UnreadableImageException {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      try {
        return new Npz(path, zip);
      } catch (IOException | RuntimeException | UnreadableImageException e) {
        zip.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static UnreadableImageException damaged(Exception e) {
    String reason = e instanceof EOFException ? "it ends too early" : Failures.reason(e);
    return new UnreadableImageException("damaged .npz: " + reason, e);
  }

  private Array array(ZipEntry entry) throws IOException {
    String file = entry.getName();
    try (DataInputStream in = stream(entry)) {
      Npy.Header header = Npy.Header.read(in);
      long bytes = bytesPerElement(header.type());
      for (int dim : header.dims()) {
        bytes = Math.multiplyExact(bytes, dim);
      }
      if (bytes + header.length() != entry.getSize()
          || bytes / BEST_RATIO > entry.getCompressedSize()) {
        throw new IOException(
            Text.format(
                "shape %s of %s needs %d bytes, the archive has %d",
                Arrays.toString(header.dims()), header.type(), bytes, entry.getSize()));
      }
      return new Array(file.substring(0, file.length() - 4), entry, header);
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw new IOException("array " + Text.visible(file) + ": " + Failures.reason(e), e);
    }
  }

  private DataInputStream stream(ZipEntry entry) throws IOException {
    return new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16));
  }

  private static int bytesPerElement(String type) throws IOException {
    if (!type.matches("[|<>=][a-zA-Z][0-9]{1,2}")) {
      throw new IOException("of the type " + Text.visible(type));
    }
    return Math.max(1, Integer.parseInt(type.substring(2)));
  }

  private static Array imageArray(Array array) throws UnreadableImageException {
    int[] dims = array.header.dims();
    boolean shape = dims.length == 3 || dims.length == 4 && dims[3] == 3;
    if (!shape || !array.header.type().equals("|u1") || dims[0] < 1 || dims[1] < 1 || dims[2] < 1) {
      throw new UnreadableImageException(
          Text.format(
              "%s has the shape %s of %s; expected (N, H, W) or (N, H, W, 3) of bytes, |u1",
              array.name, Arrays.toString(dims), array.header.type()));
    }
    if ((long) dims[1] * dims[2] > ImageDecoder.MAX_PIXELS) {
      throw new UnreadableImageException(
          Text.format("%s declares images of %dx%d pixels", array.name, dims[2], dims[1]));
    }
    return array;
  }

  /** The names of the arrays, sorted. */
  public List<String> names() {
    return List.copyOf(arrays.keySet());
  }

  /** The axes of an array. */
  public int[] dims(String name) {
    return get(name).header.dims().clone();
  }

  private Array get(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no array " + name + " among " + names());
    }
    return array;
  }

  /** An array of whole numbers, (N) or (N, 1), as a whole. */
  public int[] labels(String name) throws UnreadableImageException {
    Array array = get(name);
    int[] dims = array.header.dims();
    String type = array.header.type();
    boolean one = dims.length == 1 || dims.length == 2 && dims[1] == 1;
    if (!one || !type.matches("[|][ui]1|<[ui][248]") || dims[0] > MOST_LABELS) {
      throw new UnreadableImageException(
          Text.format(
              "%s has the shape %s of %s; expected whole numbers, (N) or (N, 1)",
              name, Arrays.toString(dims), type));
    }
    int width = type.charAt(2) - '0';
    int[] labels = new int[dims[0]];
    try (DataInputStream in = stream(array.entry)) {
      in.skipNBytes(array.header.length());
      ByteBuffer buffer = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < labels.length; i++) {
        in.readFully(buffer.array());
        labels[i] = Math.toIntExact(number(buffer, width));
      }
      return labels;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static long number(ByteBuffer buffer, int width) {
    return switch (width) {
      case 1 -> buffer.get(0);
      case 2 -> buffer.getShort(0);
      case 4 -> buffer.getInt(0);
      default -> buffer.getLong(0);
    };
  }

  @Override
  public int frames() {
    long frames = images.values().stream().mapToLong(array -> array.dim(0)).sum();
    return (int) Math.min(frames, Integer.MAX_VALUE);
  }

  @Override
  public ScanFacts facts() {
    return ScanFacts.NONE;
  }

  @Override
  public boolean isVolume() {
    return false;
  }

  @Override
  public Raster8 read(int frame, BitDepth depth) throws UnreadableImageException {
    int index = frame;
    for (Array array : new ArrayList<>(images.values())) {
      if (index < array.dim(0)) {
        return read(array, index);
      }
      index -= array.dim(0);
    }
    throw new IndexOutOfBoundsException("frame " + frame + " of " + frames());
  }

  private Raster8 read(Array array, int index) throws UnreadableImageException {
    try {
      if (reading == null || reading.array != array || reading.next > index) {
        endReading();
        DataInputStream in = stream(array.entry);
        reading = new Reading(array, in, 0);
        in.skipNBytes(array.header.length());
      }
      reading.in.skipNBytes((long) (index - reading.next) * array.imageBytes());
      byte[] bytes = new byte[array.imageBytes()];
      reading.in.readFully(bytes);
      reading = new Reading(array, reading.in, index + 1);
      return new Raster8(array.dim(2), array.dim(1), array.channels(), bytes)
          .withoutEqualChannels();
    } catch (IOException | RuntimeException e) {
      endReading();
      throw damaged(e);
    }
  }

  private void endReading() {
    try {
      if (reading != null) {
        reading.in.close();
      }
    } catch (IOException e) {
      // what was read is read
    }
    reading = null;
  }

  @Override
  public OptionalInt largestSample(int frame) {
    return OptionalInt.empty();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String sha256() {
    try {
      return Sha256.of(path);
    } catch (IOException e) {
      throw new UserException("cannot read " + path + " again: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    endReading();
    try {
      zip.close();
    } catch (IOException e) {
      // what was read is read
    }
  }
}
