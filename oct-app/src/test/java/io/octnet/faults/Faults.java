package io.octnet.faults;

import java.io.IOException;

/** Counts what changes the disk, and lets one of these operations fail. */
final class Faults {
  private int count;
  private int failing;
  private String reason;
  private String failed;

  /** Lets the n-th operation from now on fail, counted from 1; 0 for none. */
  synchronized void arm(int n, String why) {
    count = 0;
    failing = n;
    reason = why;
    failed = null;
  }

  /** Told before each operation. */
  synchronized void before(String operation) throws IOException {
    count++;
    if (count == failing) {
      failed = operation;
      throw new IOException(reason);
    }
  }

  /** How many operations there were since {@link #arm}. */
  synchronized int count() {
    return count;
  }

  /** What failed, or null. */
  synchronized String failed() {
    return failed;
  }
}
