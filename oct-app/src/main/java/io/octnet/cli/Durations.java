package io.octnet.cli;

/** Times for people. */
final class Durations {
  private Durations() {}

  /** {@code 4.2 s}, {@code 3:07 min}, {@code 2:05 h}. */
  static String text(double seconds) {
    if (seconds < 59.95) {
      return "%.1f s".formatted(seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d min".formatted(whole / 60, whole % 60)
        : "%d:%02d h".formatted(whole / 3600, whole % 3600 / 60);
  }
}
