package io.octnet.images;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text without a patient's id and names in clear: their pseudonym stands in their places. */
final class Masked {
  /** Shorter words are replaced only where they stand alone: "1" is in too many names. */
  private static final int LONG_ENOUGH = 4;

  private static final int SHORTEST_NAME = 2;

  private Masked() {}

  /**
   * @param name as DICOM has it, parts separated by ^, = or spaces
   */
  static String of(String text, String id, String name) {
    String pseudonym = Pseudonym.of(id.isEmpty() ? name : id);
    List<String> secrets =
        Stream.concat(
                Stream.of(id),
                Stream.of(name.split("[\\^=,\\s]+")).filter(p -> p.length() >= SHORTEST_NAME))
            .filter(secret -> !secret.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String masked = text;
    for (String secret : secrets) {
      masked = pattern(secret).matcher(masked).replaceAll(Matcher.quoteReplacement(pseudonym));
    }
    return masked;
  }

  private static Pattern pattern(String secret) {
    String quoted = Pattern.quote(secret);
    return Pattern.compile(
        secret.length() >= LONG_ENOUGH
            ? quoted
            : "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
