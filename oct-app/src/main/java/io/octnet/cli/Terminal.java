package io.octnet.cli;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Whether a line may be drawn over, and how long it may be.
 *
 * @param animated whether stderr is a terminal that understands carriage returns
 * @param columns its width
 */
record Terminal(boolean animated, int columns) {
  /** A file, a pipe, a dumb terminal. */
  static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE);

  private static final int STDERR = 2;
  private static final int USUAL = 80;

  /** The one that this process writes its stderr to. */
  static Terminal ofStderr() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return !dumb && isTerminal() ? new Terminal(true, width()) : NONE;
  }

  private static boolean isTerminal() {
    try {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      return library
          .find("isatty")
          .or(() -> library.find("_isatty")) // Windows
          .map(address -> linker.downcallHandle(address, type))
          .map(isatty -> isTerminal(isatty))
          .orElse(false);
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return false;
    }
  }

  private static boolean isTerminal(java.lang.invoke.MethodHandle isatty) {
    try {
      return (int) isatty.invokeExact(STDERR) != 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a C function throws nothing
    }
  }

  private static int width() {
    File terminal = new File("/dev/tty");
    if (!terminal.exists()) {
      return USUAL;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(terminal).start();
      if (!stty.waitFor(1, TimeUnit.SECONDS) || stty.exitValue() != 0) {
        return USUAL;
      }
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      int columns = Integer.parseInt(size[size.length - 1]);
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }
}
