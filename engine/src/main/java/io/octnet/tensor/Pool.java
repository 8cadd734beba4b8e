package io.octnet.tensor;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * The rules of a {@link BufferPool}, for any kind of buffer that has a length: also for one without
 * contents, so that it can be told beforehand what a training step will hold.
 *
 * <p>A request gets the shortest free buffer that is long enough. Requests of fewer than {@value
 * #EXACT} elements get their exact length, others up to {@value #SLACK} times as much: the shorter
 * last batch of an epoch lives in the buffers of the others, and each layer of a prediction in
 * those of the layers before it. Where nothing fits, a buffer is made, and free ones are dropped,
 * longest first, while all together hold more than {@value #MOST} times what was ever in use at
 * once. A buffer that is {@link #lost} counts no longer, not for that limit either.
 *
 * @param <B> a buffer
 */
class Pool<B> {
  private static final int EXACT = 1 << 14;
  private static final int SLACK = 4;
  private static final int MOST = 2;

  private final LongFunction<B> maker;
  private final ToLongFunction<B> measure;
  private final TreeMap<Long, ArrayDeque<B>> free = new TreeMap<>();
  private long freeElements;
  private long usedElements;
  private long peakElements;
  private long truePeak; // that of the limit: what was in use and not lost
  private long heldElements;
  private long allocations;

  /**
   * An empty pool.
   *
   * @param maker makes a buffer of a length
   * @param measure says how long a buffer is
   */
  public Pool(LongFunction<B> maker, ToLongFunction<B> measure) {
    this.maker = maker;
    this.measure = measure;
  }

  /** A buffer of at least {@code length} elements; its contents are undefined. */
  public B acquire(long length) {
    Map.Entry<Long, ArrayDeque<B>> fitting = free.ceilingEntry(length);
    if (fitting == null || fitting.getKey() > longestFor(length)) {
      return use(make(length), length);
    }
    B buffer = takeFrom(fitting);
    return use(buffer, fitting.getKey());
  }

  private static long longestFor(long length) {
    return length < EXACT ? length : SLACK * length;
  }

  private B use(B buffer, long length) {
    usedElements += length;
    peakElements = Math.max(peakElements, usedElements);
    truePeak = Math.max(truePeak, usedElements);
    heldElements = Math.max(heldElements, usedElements + freeElements);
    return buffer;
  }

  private B make(long length) {
    beforeMaking();
    long most = MOST * Math.max(truePeak, usedElements + length);
    while (freeElements > 0 && usedElements + freeElements + length > most) {
      dropped(takeFrom(free.lastEntry()));
    }
    allocations++;
    B buffer;
    try {
      buffer = maker.apply(length);
    } catch (OutOfMemoryError e) {
      clear(); // what is free may be all that is missing
      buffer = maker.apply(length);
    }
    made(buffer, length);
    return buffer;
  }

  /** Before a buffer is made: the time to say which are {@link #lost}. */
  void beforeMaking() {}

  /** A buffer was made. */
  void made(B buffer, long length) {}

  /** The pool lets a free buffer go. */
  void dropped(B buffer) {}

  /**
   * Takes note that a buffer of this length, handed out and not given back, was garbage. What was
   * counted as in use beside it was less than it seemed, perhaps at the peak.
   */
  final void lost(long length) {
    usedElements -= length;
    truePeak = Math.max(usedElements, truePeak - length);
  }

  private B takeFrom(Map.Entry<Long, ArrayDeque<B>> bucket) {
    B buffer = bucket.getValue().pop();
    freeElements -= bucket.getKey();
    if (bucket.getValue().isEmpty()) {
      free.remove(bucket.getKey());
    }
    return buffer;
  }

  /** Takes a buffer back. The caller must not touch it again. */
  public void release(B buffer) {
    long length = measure.applyAsLong(buffer);
    usedElements -= length;
    freeElements += length;
    free.computeIfAbsent(length, key -> new ArrayDeque<>()).push(buffer);
  }

  /** Forgets all free buffers. */
  public void clear() {
    free.values().forEach(bucket -> bucket.forEach(this::dropped));
    free.clear();
    freeElements = 0;
  }

  /** Elements handed out and not given back. */
  public long elementsInUse() {
    return usedElements;
  }

  /** Elements kept for later. */
  public long elementsFree() {
    return freeElements;
  }

  /** The most elements ever in use at once. */
  public long peakElements() {
    return peakElements;
  }

  /** The most elements ever held at once, in use or free. */
  public long heldElements() {
    return heldElements;
  }

  /** How many buffers were made, ever. */
  public long allocations() {
    return allocations;
  }
}
