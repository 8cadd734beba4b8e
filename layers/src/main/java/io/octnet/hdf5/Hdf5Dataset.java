package io.octnet.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.OrderedDataType;
import io.octnet.text.Text;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * A data set of a file that is read. What it claims to be is known without touching its values; a
 * caller compares that with what it expects, and reads then.
 */
public final class Hdf5Dataset {
  /** The most that chunks may inflate to, as a multiple of the file. */
  private static final long MOST_INFLATION = 100;

  private final Hdf5File file;
  private final Dataset dataset;
  private final String path;
  private final long[] shape;
  private final ElementType type;

  Hdf5Dataset(Hdf5File file, Dataset dataset, String path) {
    this.file = file;
    this.dataset = dataset;
    this.path = path;
    this.shape = dataset.getDimensionsAsLong();
    this.type = ElementType.of(dataset.getDataType());
  }

  /** The path from the root, e.g. {@code /dense/dense/kernel:0}. */
  public String path() {
    return path;
  }

  /** The axes; none for a scalar. They are what the file claims: nothing has been allocated. */
  public long[] shape() {
    return shape.clone();
  }

  /** The type of the elements. */
  public ElementType type() {
    return type;
  }

  /** The type in words, e.g. {@code int32}. */
  public String typeName() {
    return ElementType.describe(dataset.getDataType());
  }

  /** An error about this data set. */
  public Hdf5Exception error(String problem) {
    return new Hdf5Exception(file.name(), path, problem);
  }

  /**
   * The values as float32; float64 is rounded.
   *
   * @throws Hdf5Exception if they are not floats, were never written, or are damaged
   */
  public float[] readFloats() throws Hdf5Exception {
    if (!type.isFloat()) {
      throw error("holds " + typeName() + "; expected float32, float64 or float16");
    }
    return Guard.run(
        file.name(),
        path,
        () -> {
          ByteBuffer raw = raw();
          float[] values = new float[raw.remaining() / type.bytes()];
          switch (type) {
            case FLOAT32 -> raw.asFloatBuffer().get(values);
            case FLOAT64 -> {
              DoubleBuffer doubles = raw.asDoubleBuffer();
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) doubles.get(i);
              }
            }
            default -> {
              ShortBuffer halves = raw.asShortBuffer();
              for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(halves.get(i));
              }
            }
          }
          return values;
        });
  }

  /**
   * The one value of a data set of int64.
   *
   * @throws Hdf5Exception if it is not one value of that type, was never written, or is damaged
   */
  public long readLong() throws Hdf5Exception {
    if (type != ElementType.INT64) {
      throw error("holds " + typeName() + "; expected int64");
    }
    long[] scalar = {};
    if (!Arrays.equals(shape, scalar) && !Arrays.equals(shape, new long[] {1})) {
      throw error("has shape " + Arrays.toString(shape) + "; expected one value");
    }
    return Guard.run(file.name(), path, () -> raw().getLong());
  }

  /** The bytes of the values, in their byte order. */
  private ByteBuffer raw() throws Hdf5Exception {
    long bytes = bytes();
    if (bytes == 0) {
      return ByteBuffer.allocate(0);
    }
    boolean chunked = dataset instanceof ChunkedDataset;
    if (bytes > (chunked ? MOST_INFLATION : 1) * file.size()) {
      throw error("claims shape " + Arrays.toString(shape) + ", far more than the file can hold");
    }
    if (dataset instanceof ChunkedDataset chunks) {
      new ChunkCheck(this, chunks, file.size()).run();
    } else if (dataset.isEmpty()) {
      throw error("was created but never written");
    }
    ByteBuffer raw = ((DatasetBase) dataset).getDataBuffer();
    if (raw.remaining() != bytes) {
      throw error(
          Text.format("has %d bytes of values; its shape needs %d", raw.remaining(), bytes));
    }
    return raw.order(((OrderedDataType) dataset.getDataType()).getByteOrder());
  }

  /** The bytes that shape and type need. */
  long bytes() throws Hdf5Exception {
    long bytes = type.bytes();
    for (long dim : shape) {
      long high = Math.multiplyHigh(bytes, dim);
      bytes *= dim;
      if (dim < 0 || high != 0 || bytes < 0 || bytes > Integer.MAX_VALUE) {
        throw error("claims shape " + Arrays.toString(shape) + ", more than 2 GiB");
      }
    }
    return bytes;
  }
}
