package io.octnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private final BufferPool pool = new BufferPool();

  /** Takes and gives back buffers as a step does: two at a time, of lengths that come and go. */
  private void step(int... lengths) {
    List<float[]> held = new ArrayList<>();
    for (int length : lengths) {
      held.add(pool.acquire(length));
      if (held.size() == 2) {
        pool.release(held.removeFirst());
      }
    }
    held.forEach(pool::release);
  }

  @Test
  void aRepeatedStepAllocatesNothing() {
    step(13, 31, 17, 7, 31);
    long allocations = pool.allocations();
    for (int i = 0; i < 5; i++) {
      step(13, 31, 17, 7, 31);
    }
    assertThat(pool.allocations()).isEqualTo(allocations);
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void aShorterLastBatchLivesInTheBuffersOfTheOthers() {
    step(100_000, 30_000, 50_000);
    long allocations = pool.allocations();
    step(60_000, 18_000, 30_000);
    assertThat(pool.allocations()).isEqualTo(allocations);
  }

  @Test
  void fewElementsGetTheirExactLength() {
    pool.release(pool.acquire(2_000));
    assertThat(pool.acquire(1_000)).hasSize(1_000);
  }

  @Test
  void aRequestDoesNotTakeABufferOfManyTimesItsLength() {
    pool.release(pool.acquire(1_000_000));
    assertThat(pool.acquire(20_000)).hasSize(20_000);
    assertThat(pool.acquire(250_000)).hasSize(1_000_000);
  }

  @Test
  void aRequestGetsTheShortestThatFits() {
    List<float[]> buffers = List.of(pool.acquire(30_000), pool.acquire(40_000));
    buffers.forEach(pool::release);
    assertThat(pool.acquire(25_000)).hasSize(30_000);
  }

  @Test
  void bytesAreKeptAsWell() {
    byte[] places = pool.acquireBytes(100);
    assertThat(pool.bytesInUse()).isEqualTo(100);
    pool.release(places);
    assertThat(pool.acquireBytes(100)).isSameAs(places);
    assertThat(pool.heldBytes()).isEqualTo(100);
  }

  /** As in a network whose every layer is longer than the one before: two of many are in use. */
  @Test
  void aPassOfManyLengthsAllocatesNothingTheSecondTime() {
    long allocations = 0;
    for (int pass = 0; pass < 3; pass++) {
      allocations = pool.allocations();
      float[] x = pool.acquire(100_000);
      for (int length = 101_000; length < 112_000; length += 1_000) {
        float[] y = pool.acquire(length);
        pool.release(x);
        x = y;
      }
      pool.release(x);
    }
    assertThat(pool.allocations()).isEqualTo(allocations);
    assertThat(pool.heldBytes()).isLessThanOrEqualTo(2 * pool.peakBytes());
  }

  @Test
  void buffersOfLengthsThatNoLongerComeAreDropped() {
    for (int length = 100; length > 0; length--) {
      pool.release(pool.acquire(length));
    }
    long allocations = pool.allocations();
    pool.release(pool.acquire(100));
    assertThat(pool.allocations()).isEqualTo(allocations + 1);
    assertThat(pool.peakBytes()).isEqualTo(400);
    assertThat(pool.heldBytes()).isLessThanOrEqualTo(800);
  }

  /** Forgets so many buffers, until the collector has taken them and the pool has seen that. */
  private void forget(int buffers, int length) {
    for (int i = 0; i < buffers; i++) {
      assertThat(pool.acquire(length + i % 7)).isNotNull();
    }
    long end = System.nanoTime() + 20_000_000_000L;
    while (pool.bytesInUse() > 100L * length * Float.BYTES && System.nanoTime() < end) {
      System.gc();
      pool.release(pool.acquire(length - 1)); // looks for lost ones where nothing fits
      pool.clear();
    }
  }

  @Test
  void whatIsForgottenCountsNoLonger() {
    forget(20_000, 10_000); // 800 MB
    assertThat(pool.bytesInUse()).isLessThan(8_000_000);
  }

  @Test
  void whatIsForgottenDoesNotRaiseTheLimit() {
    forget(20_000, 10_000);
    for (int length = 20_000; length < 40_000; length++) { // 2.4 GB, one at a time
      pool.release(pool.acquire(length));
    }
    assertThat(pool.bytesFree()).isLessThan(16_000_000);
  }
}
