package io.octnet.text;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/** Text that is the same everywhere: numbers do not follow the reader's locale. */
public final class Text {

  private Text() {}

  /**
   * As {@link String#format(Locale, String, Object...)} with {@link Locale#ROOT}. The build refuses
   * what formats by the default locale: a file written in Germany would hold {@code 0,5}.
   */
  @FormatMethod
  public static String format(@FormatString String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
