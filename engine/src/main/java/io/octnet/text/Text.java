package io.octnet.text;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Text that is the same everywhere, and that nothing hides in. */
public final class Text {

  private static final int NON_JOINER = 0x200C; // in words of Persian, in emoji
  private static final int JOINER = 0x200D;

  private Text() {}

  /**
   * As {@link String#format(Locale, String, Object...)} with {@link Locale#ROOT}. The build refuses
   * what formats by the default locale: a file written in Germany would hold {@code 0,5}.
   */
  @FormatMethod
  public static String format(@FormatString String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * A text in which every character is seen: control characters, those that turn the direction of
   * writing, and halves of characters become <code>&#92;u001b</code>, as JSON writes them. A name
   * from outside can then neither command a terminal nor forge a line.
   */
  public static String visible(String text) {
    return escaped(text, Text::isSeen);
  }

  /** As {@link #visible} for each line of a text, whose line ends and tabs are its own. */
  public static String visibleLines(String text) {
    return escaped(text, character -> character == '\n' || character == '\t' || isSeen(character));
  }

  /** Whether a character is seen as itself. */
  public static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> character == JOINER || character == NON_JOINER;
      default -> true;
    };
  }

  private static String escaped(String text, IntPredicate kept) {
    if (text.codePoints().allMatch(kept)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (kept.test(character)) {
                escaped.appendCodePoint(character);
              } else {
                for (char unit : Character.toChars(character)) {
                  escaped.append(format("\\u%04x", (int) unit));
                }
              }
            });
    return escaped.toString();
  }
}
