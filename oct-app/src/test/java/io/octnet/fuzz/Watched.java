package io.octnet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.octnet.UserException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Reads what was damaged: it must end soon, in little memory, well or in one line. */
public final class Watched {
  private static final Duration MOST_TIME = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 256L << 20;

  private Watched() {}

  /** What is done with the file; whatever it throws beside a user's error fails the test. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /** Does it. */
  public static void read(Work work) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    try {
      work.run();
    } catch (UserException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - cpu);
    assertThat(took).isLessThan(MOST_TIME);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
  }
}
