package io.octnet.cli;

import io.octnet.text.Text;
import io.octnet.training.Progress;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where a command writes: results to stdout, everything else as lines on stderr, among them one
 * that is drawn over while something runs. Usable from several threads.
 *
 * <p>Names and files are others' words: whatever in them is not seen is written out.
 */
public final class Console implements Progress {
  private static final String ERASE_TO_END = "\u001b[K";

  private final Output out;
  private final Output err;
  private final Terminal terminal;
  private boolean drawn;

  Console(Writer out, Writer err, Terminal terminal) {
    this.out = new Output("stdout", out);
    this.err = new Output("stderr", err);
    this.terminal = terminal;
  }

  /** For what the parser prints. */
  PrintWriter out() {
    return out.printer();
  }

  /** For what the parser complains of, and stack traces. */
  PrintWriter err() {
    return err.printer();
  }

  /**
   * A result: a line, or several.
   *
   * @throws Output.Lost when it cannot be written
   */
  void print(String text) {
    out.printer().println(Text.visibleLines(text));
    Output.Lost lost = out.lost();
    if (lost != null) {
      throw lost;
    }
  }

  /** What could not be written so far, results first; null if all was. */
  Output.Lost lost() {
    Output.Lost lost = out.lost();
    return lost == null ? err.lost() : lost;
  }

  @Override
  public synchronized void line(String text) {
    erase();
    err.printer().println(Text.visible(text));
  }

  @Override
  public synchronized void running(String text) {
    if (terminal.animated()) {
      int room = Math.max(1, terminal.columns() - 1);
      String seen = Text.visible(text);
      show("\r" + (seen.length() > room ? seen.substring(0, room) : seen) + ERASE_TO_END);
      drawn = true;
    }
  }

  /** Removes the running line. */
  public synchronized void erase() {
    if (drawn) {
      show("\r" + ERASE_TO_END);
      drawn = false;
    }
  }

  private void show(String text) {
    err.printer().print(text);
    err.printer().flush();
  }
}
