package io.octnet.layouts;

import io.octnet.UserException;
import io.octnet.text.Text;

/**
 * What a class or a patient may be called. Their names begin cells of CSV files, where a
 * spreadsheet takes some characters for a formula, and stand in every table and page.
 */
public final class PlainName {
  private static final String FORMULA = "=+-@\t\r";

  private PlainName() {}

  /**
   * Lets a good name through.
   *
   * @param whose what bears it, for the message
   * @throws UserException when a spreadsheet would run it, or something in it is not seen
   */
  public static void require(String whose, String name) {
    if (!name.isEmpty() && FORMULA.indexOf(name.charAt(0)) >= 0) {
      throw refused(whose, "begins with '" + name.charAt(0) + "', a formula to spreadsheets");
    }
    if (!name.codePoints().allMatch(Text::isSeen)) {
      throw refused(whose, "has characters that are not seen");
    }
  }

  private static UserException refused(String whose, String why) {
    return new UserException(
        "the name of " + whose + " " + why + "; expected a letter or a digit first: rename it");
  }
}
