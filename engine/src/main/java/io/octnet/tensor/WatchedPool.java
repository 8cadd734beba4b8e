package io.octnet.tensor;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * A pool that sees when a buffer it handed out is garbage: somebody forgot a tensor without
 * releasing it, which is allowed. Without this it would count as in use for ever.
 *
 * <p>Each buffer is watched from its making to its collection, and the queue is looked at only when
 * a new one is needed: a steady training pays nothing. Which of several collected buffers of one
 * length the pool had dropped itself, and which was lost, does not matter: they count the same.
 */
final class WatchedPool<B> extends Pool<B> {
  private static final class Watch<B> extends WeakReference<B> {
    private final long length;

    Watch(B buffer, long length, ReferenceQueue<B> queue) {
      super(buffer, queue);
      this.length = length;
    }
  }

  private final ReferenceQueue<B> collected = new ReferenceQueue<>();
  private final Set<Watch<B>> watches = new HashSet<>(); // must themselves be reachable
  private final Map<Long, Integer> dropped = new HashMap<>(); // how many of a length
  private final ToLongFunction<B> measure;

  WatchedPool(LongFunction<B> maker, ToLongFunction<B> measure) {
    super(maker, measure);
    this.measure = measure;
  }

  @Override
  void made(B buffer, long length) {
    watches.add(new Watch<>(buffer, length, collected));
  }

  @Override
  void dropped(B buffer) {
    dropped.merge(measure.applyAsLong(buffer), 1, Integer::sum);
  }

  @Override
  void beforeMaking() {
    Reference<? extends B> next;
    while ((next = collected.poll()) != null) {
      Watch<?> watch = (Watch<?>) next;
      watches.remove(watch);
      if (dropped.containsKey(watch.length)) {
        dropped.computeIfPresent(watch.length, (length, n) -> n == 1 ? null : n - 1);
      } else {
        lost(watch.length);
      }
    }
  }
}
