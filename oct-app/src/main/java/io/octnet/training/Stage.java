package io.octnet.training;

import io.octnet.text.Text;

/** Says how far a stage of known length is, and how long it will still take. From any thread. */
public final class Stage {
  /** Before that, what is left cannot be told. */
  private static final double SOON_SECONDS = 1;

  private final Progress progress;
  private final String name;
  private final long start = System.nanoTime();

  Stage(Progress progress, String name) {
    this.progress = progress;
    this.name = name;
  }

  /** So many steps of all are done. */
  public void update(int done, int total) {
    progress.running(text(name, done, total, (System.nanoTime() - start) / 1e9));
  }

  /** The line after so many seconds. */
  static String text(String name, int done, int total, double seconds) {
    String line = Text.format("%s: %d of %d", name, done, total);
    if (seconds < SOON_SECONDS || done == 0 || done >= total) {
      return line;
    }
    long left = Math.round(seconds / done * (total - done));
    return line
        + (left < 60
            ? Text.format(", %d s left", left)
            : left < 3600
                ? Text.format(", %d:%02d min left", left / 60, left % 60)
                : Text.format(", %d:%02d h left", left / 3600, left % 3600 / 60));
  }
}
