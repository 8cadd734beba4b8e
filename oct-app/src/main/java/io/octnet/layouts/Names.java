package io.octnet.layouts;

import io.octnet.images.ScanFacts;
import java.util.Locale;
import java.util.Map;

/**
 * What paths say of an eye: OD or OS, right or left, as a folder or between separators of a name.
 */
final class Names {
  private static final Map<String, String> EYES =
      Map.of("od", "right", "os", "left", "right", "right", "left", "left");

  /** In tables, where a column is the eye's, one letter is enough. */
  private static final Map<String, String> LETTERS = Map.of("r", "right", "l", "left");

  private Names() {}

  /** The eye, where the path of a file names one and not the other. */
  static ScanFacts facts(String path) {
    String eye = "";
    for (String word : path.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
      String said = EYES.getOrDefault(word, "");
      if (!said.isEmpty() && !eye.isEmpty() && !said.equals(eye)) {
        return ScanFacts.NONE;
      }
      eye = said.isEmpty() ? eye : said;
    }
    return eye.isEmpty() ? ScanFacts.NONE : new ScanFacts("", eye, "");
  }

  /** The eye that a field of a table means; empty where it is none. */
  static String eye(String field) {
    String word = field.strip().toLowerCase(Locale.ROOT);
    return EYES.getOrDefault(word, LETTERS.getOrDefault(word, ""));
  }
}
