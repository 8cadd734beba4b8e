package io.octnet.cli;

import io.octnet.training.Progress;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/**
 * Where a command writes: results to {@link #out()}, everything else as lines on stderr, among them
 * one that is drawn over while something runs. Usable from several threads.
 */
public final class Console implements Progress {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
  private static final String ERASE_TO_END = "\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private boolean drawn;

  Console(PrintWriter out, PrintWriter err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** For results. */
  public PrintWriter out() {
    return out;
  }

  /** For what the parser prints. */
  PrintWriter err() {
    return err;
  }

  @Override
  public synchronized void line(String text) {
    erase();
    err.println(CONTROL.matcher(text).replaceAll("?")); // names and files are others' words
    err.flush();
  }

  @Override
  public synchronized void running(String text) {
    if (terminal.animated()) {
      int room = Math.max(1, terminal.columns() - 1);
      err.print("\r" + (text.length() > room ? text.substring(0, room) : text) + ERASE_TO_END);
      err.flush();
      drawn = true;
    }
  }

  /** Removes the running line. */
  public synchronized void erase() {
    if (drawn) {
      err.print("\r" + ERASE_TO_END);
      err.flush();
      drawn = false;
    }
  }
}
