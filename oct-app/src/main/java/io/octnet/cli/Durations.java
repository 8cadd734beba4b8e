package io.octnet.cli;

import io.octnet.text.Text;

/** Times for people. */
final class Durations {
  private Durations() {}

  /** {@code 4.2 s}, {@code 3:07 min}, {@code 2:05 h}. */
  static String text(double seconds) {
    if (seconds < 59.95) {
      return Text.format("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? Text.format("%d:%02d min", whole / 60, whole % 60)
        : Text.format("%d:%02d h", whole / 3600, whole % 3600 / 60);
  }
}
