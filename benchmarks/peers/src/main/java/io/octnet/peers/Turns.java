package io.octnet.peers;

import io.octnet.benchmarks.MachineName;
import io.octnet.benchmarks.Timing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The side of an engine's process: it warms up, says so, and waits. At each line {@code turn} it
 * does the job once, or for a third of a second where that is longer, and says how long once took.
 * At any other line, or none, it says its peak memory and ends.
 */
final class Turns {
  /** How lines begin that are meant for {@link Contestant}; native libraries print, too. */
  static final String MARK = "octnet-peer ";

  private static final int WARM_UP = 3;
  private static final int MOST_WARM = 3; // so many times as long as others, where one takes long
  private static final double ENOUGH_SECONDS = 0.33;

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final long begin = System.nanoTime();
  private boolean ready;
  private boolean cold;
  private int count;
  private double sum;

  /** Something that may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** Does it again and again; does not return. */
  void serve(Step step) throws Exception {
    while (true) {
      long start = System.nanoTime();
      step.run();
      done((System.nanoTime() - start) * 1e-9);
    }
  }

  /** The job was done once more; returns when it is to be done again. */
  void done(double seconds) {
    if (!ready) {
      double since = (System.nanoTime() - begin) * 1e-9;
      boolean isWarm = ++count >= WARM_UP && since >= Timing.WARM_SECONDS;
      if (isWarm || count > 1 && since >= MOST_WARM * Timing.WARM_SECONDS) {
        ready = true;
        await("ready", seconds < ENOUGH_SECONDS);
      }
    } else if (cold) {
      cold = false;
    } else {
      sum += seconds;
      count++;
      if (sum >= ENOUGH_SECONDS) {
        await(String.valueOf(sum / count), count > 1);
      }
    }
  }

  /**
   * Says something, and waits for the next turn.
   *
   * @param isShort whether the job is done several times in a turn; the first does not count then,
   *     since the other one's turn emptied the caches
   */
  private void await(String line, boolean isShort) {
    System.out.println(MARK + line);
    cold = isShort;
    sum = 0;
    count = 0;
    try {
      if (!"turn".equals(input.readLine())) {
        System.out.println(MARK + MachineName.peakResidentMiB());
        System.exit(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
