package io.octnet.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** How this application was called, for commands that the user may copy. */
final class Invocation {
  private Invocation() {}

  /**
   * {@code java -jar oct-app/target/oct-app.jar}, as seen from the working folder, or the start
   * script of a package as it was typed.
   */
  static String text() {
    String script = System.getProperty("octnet.command");
    if (script != null) {
      return quoted(script);
    }
    try {
      Path jar =
          Path.of(Invocation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path here = Path.of("").toAbsolutePath();
      Path shown = jar.startsWith(here) ? here.relativize(jar) : jar;
      return "java -jar " + quoted(shown.toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return "octnet";
    }
  }

  /** As a shell takes it for one word. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
