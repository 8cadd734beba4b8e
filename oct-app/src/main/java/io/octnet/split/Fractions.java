package io.octnet.split;

import io.octnet.UserException;
import io.octnet.text.Text;

/**
 * The shares of validation and test; train is the rest.
 *
 * <p>The article's 72.5, 12.75 and 15 % add up to 100.25 %: its train share is 0.85 * 0.85,
 * rounded. Taking the rest gives its 43,350, 7,650 and 9,000 of 60,000.
 */
public record Fractions(double validation, double test) {
  /** The article's. */
  public static final Fractions ARTICLE = new Fractions(0.1275, 0.15);

  private static final double TOLERANCE = 0.01;

  public Fractions {
    if (!(validation > 0 && test > 0 && validation + test < 1)) {
      throw UserException.usage(
          Text.format(
              "validation %s and test %s leave nothing to train on; expected shares above 0 whose sum is below 1",
              validation, test));
    }
  }

  public double train() {
    return 1 - validation - test;
  }

  /**
   * Reads {@code TRAIN,VALIDATION,TEST}, which must add up to 1 within 0.01.
   *
   * @throws UserException when it is anything else
   */
  public static Fractions parse(String text) {
    String[] fields = text.split(",", -1);
    if (fields.length == 3) {
      try {
        double train = Double.parseDouble(fields[0].strip());
        double validation = Double.parseDouble(fields[1].strip());
        double test = Double.parseDouble(fields[2].strip());
        if (Math.abs(train + validation + test - 1) <= TOLERANCE && train > 0) {
          return new Fractions(validation, test);
        }
      } catch (NumberFormatException e) {
        // falls through to the message below
      }
    }
    throw UserException.usage(
        "--fractions '"
            + text
            + "': expected three numbers that add up to 1, e.g. 0.725,0.1275,0.15"
            + " (train, validation, test)");
  }
}
