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
  private static final double ENOUGH_SECONDS = 0.33;

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final long begin = System.nanoTime();
  private int done;
  private boolean ready;

  /** Something that may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** Does it at each turn; does not return. */
  void serve(Step step) throws Exception {
    step.run();
    int repeats = 1;
    while (true) {
      if (repeats > 1) {
        step.run(); // the other one's turn emptied the caches
      }
      long start = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        step.run();
      }
      double seconds = (System.nanoTime() - start) * 1e-9 / repeats;
      repeats = (int) Math.clamp(Math.ceil(ENOUGH_SECONDS / seconds), 1, 100_000);
      done(seconds);
    }
  }

  /** The job was done once more; returns when it is to be done again. */
  void done(double seconds) {
    double since = (System.nanoTime() - begin) * 1e-9;
    if (!ready && (++done < WARM_UP || since < Timing.WARM_SECONDS)) {
      return;
    }
    System.out.println(MARK + (ready ? String.valueOf(seconds) : "ready"));
    ready = true;
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
