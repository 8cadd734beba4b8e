package io.octnet.hdf5;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
import io.octnet.text.Text;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks at the chunks of a data set before jhdf decodes them, since jhdf inflates a chunk to
 * whatever it becomes and answers zeros for a chunk that is not there: every chunk must be stored,
 * and must hold as many bytes as its shape says.
 */
final class ChunkCheck {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int CHECKSUM = 4;
  private static final int SMALL = 16 << 20;

  private final Hdf5Dataset dataset;
  private final ChunkedDataset chunks;
  private final long fileSize;

  ChunkCheck(Hdf5Dataset dataset, ChunkedDataset chunks, long fileSize) {
    this.dataset = dataset;
    this.chunks = chunks;
    this.fileSize = fileSize;
  }

  void run() throws Hdf5Exception {
    int[] shape = chunks.getDimensions();
    int[] chunk = chunks.getChunkDimensions();
    int bytes = checkGrid(shape, chunk);
    if (chunks.isEmpty()) {
      throw dataset.error("was created but never written");
    }
    List<Integer> filters =
        chunks.getFilters().stream().map(PipelineFilterWithData::getId).toList();
    boolean deflated = checkFilters(filters);
    int[] offset = new int[shape.length];
    do {
      checkChunk(stored(offset), bytes, deflated, filters.contains(FLETCHER32), offset);
    } while (advance(offset, shape, chunk));
  }

  /** Returns the bytes of a chunk. */
  private int checkGrid(int[] shape, int[] chunk) throws Hdf5Exception {
    if (chunk.length != shape.length || shape.length == 0) {
      throw dataset.error("is damaged: its chunks have another number of axes");
    }
    long bytes = dataset.type().bytes();
    long count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      if (chunk[axis] < 1) {
        throw dataset.error("is damaged: its chunks have shape " + Arrays.toString(chunk));
      }
      bytes = Math.multiplyExact(bytes, (long) chunk[axis]);
      count = Math.multiplyExact(count, (long) Math.ceilDiv(shape[axis], chunk[axis]));
    }
    if (count > fileSize || bytes > Math.max(SMALL, 2 * dataset.bytes())) {
      throw dataset.error("claims chunks of shape " + Arrays.toString(chunk) + ", which cannot be");
    }
    return (int) bytes;
  }

  private boolean checkFilters(List<Integer> filters) throws Hdf5Exception {
    List<Integer> known = List.of(DEFLATE, SHUFFLE, FLETCHER32);
    if (!known.containsAll(filters) || filters.stream().distinct().count() < filters.size()) {
      throw dataset.error("is packed in a way that is not read: " + chunks.getFilters());
    }
    return filters.contains(DEFLATE);
  }

  private ByteBuffer stored(int[] offset) throws Hdf5Exception {
    try {
      return chunks.getRawChunkBuffer(offset);
    } catch (HdfException e) {
      throw dataset.error("was not written completely: no chunk at " + Arrays.toString(offset));
    }
  }

  private void checkChunk(
      ByteBuffer stored, int bytes, boolean deflated, boolean checksum, int[] offset)
      throws Hdf5Exception {
    long actual = deflated ? inflatedBytes(stored, bytes) : stored.remaining();
    // a checksum is the last thing added, or it went through deflate
    long expected = (long) bytes + (checksum ? CHECKSUM : 0);
    if (actual != bytes && actual != expected) {
      throw dataset.error(
          Text.format(
              "is damaged: its chunk at %s has %s bytes, not %d",
              Arrays.toString(offset), actual < 0 ? "more" : actual, bytes));
    }
  }

  /** How much a chunk inflates to; -1 as soon as that is too much. */
  private long inflatedBytes(ByteBuffer stored, int expected) throws Hdf5Exception {
    byte[] scratch = new byte[1 << 16];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored.duplicate());
      while (!inflater.finished()) {
        if (inflater.inflate(scratch) == 0 && !inflater.finished()) {
          throw dataset.error("is damaged: a packed chunk ends too early");
        }
        if (inflater.getBytesWritten() > (long) expected + CHECKSUM) {
          return -1;
        }
      }
      return inflater.getBytesWritten();
    } catch (DataFormatException e) {
      throw dataset.error("is damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  /** Moves to the next chunk's offset; false after the last. */
  private static boolean advance(int[] offset, int[] shape, int[] chunk) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      offset[axis] += chunk[axis];
      if (offset[axis] < shape[axis]) {
        return true;
      }
      offset[axis] = 0;
    }
    return false;
  }
}
