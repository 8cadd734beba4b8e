package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void theFirstExceptionStopsTheRest() {
    int count = 50_000_000;
    AtomicInteger done = new AtomicInteger();
    CountDownLatch thrown = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                Workers.forEach(
                    count,
                    2,
                    i -> {
                      if (i == 1) {
                        thrown.countDown();
                        throw new IllegalStateException("the second");
                      }
                      if (i == 0) {
                        thrown.await();
                      }
                      done.incrementAndGet();
                    }))
        .hasMessage("the second");
    assertThat(done.get()).isLessThan(count - 1);
  }
}
