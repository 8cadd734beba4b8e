package io.octnet.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * A stream of the process that knows whether and why it could not be written, which {@link
 * PrintWriter} keeps to itself.
 */
final class Output {
  private final String name;
  private final PrintWriter printer;
  private volatile IOException failure;

  /**
   * Over a writer.
   *
   * @param name stdout or stderr
   */
  Output(String name, Writer writer) {
    this.name = name;
    this.printer = new PrintWriter(new Watched(writer), true);
  }

  PrintWriter printer() {
    return printer;
  }

  /** Writes what is left, then says whether something was lost: null, or the reason. */
  Lost lost() {
    printer.flush();
    return failure == null ? null : new Lost(name, failure);
  }

  /** Something was not written. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Lost(String name, IOException cause) {
      super("cannot write to " + name + " (" + cause.getMessage() + ")", cause);
    }

    /** Whether the reader went away, as {@code head} does when it has enough. */
    boolean readerWentAway() {
      String reason = String.valueOf(getCause().getMessage()).toLowerCase(Locale.ROOT);
      return reason.contains("pipe"); // broken; on Windows: being closed, or ended
    }
  }

  private final class Watched extends FilterWriter {
    Watched(Writer writer) {
      super(writer);
    }

    @Override
    public void write(int c) throws IOException {
      write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      write(text.toCharArray(), offset, length);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      try {
        super.write(text, offset, length);
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        super.flush();
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    private IOException remembered(IOException e) {
      failure = failure == null ? e : failure;
      return e;
    }
  }
}
