package io.octnet.cli;

import io.octnet.text.Text;
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

  static void configure() {
    LogManager.getLogManager().reset();
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord log) {
            return Text.visible(formatMessage(log)) + System.lineSeparator();
          }
        });
    Logger.getLogger("").addHandler(handler);
    Logger.getLogger("").setLevel(Level.WARNING);
    setVerbose(false);
  }

  static void setVerbose(boolean verbose) {
    OCTNET.setLevel(verbose ? Level.FINE : Level.WARNING);
  }
}
