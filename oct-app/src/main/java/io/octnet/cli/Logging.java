package io.octnet.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line a record on stderr: warnings always, with {@code --verbose} all that octnet logs. */
final class Logging {
  private static final Logger OCTNET = Logger.getLogger("io.octnet"); // kept from the collector

  private Logging() {}

  static void configure(boolean verbose) {
    LogManager.getLogManager().reset();
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord log) {
            return formatMessage(log) + System.lineSeparator();
          }
        });
    Logger.getLogger("").addHandler(handler);
    Logger.getLogger("").setLevel(Level.WARNING);
    OCTNET.setLevel(verbose ? Level.FINE : Level.WARNING);
  }
}
