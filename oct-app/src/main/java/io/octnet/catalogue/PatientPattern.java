package io.octnet.catalogue;

import io.octnet.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds the patient in a file name. */
public final class PatientPattern {
  /** {@code CLASS-<patient>-<n>.<ext>}; CLASS need not be the folder's name. */
  public static final PatientPattern DEFAULT = new PatientPattern(null);

  private static final String GROUP = "patient";

  private final Pattern given;

  private PatientPattern(Pattern given) {
    this.given = given;
  }

  /**
   * A pattern that is looked for anywhere in the file name; the patient is its group named {@code
   * patient}, else its first group.
   *
   * @throws UserException when it is no regular expression or has no group
   */
  public static PatientPattern of(String regex) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw UserException.usage(
          "--patient-regex '"
              + regex
              + "' is no regular expression: "
              + e.getDescription()
              + "; expected one with a group, e.g. '^[A-Z]+-([0-9]+)-'");
    }
    if (pattern.matcher("").groupCount() == 0) {
      throw UserException.usage(
          "--patient-regex '"
              + regex
              + "' has no group; put parentheses around the patient, e.g. '^[A-Z]+-([0-9]+)-'");
    }
    return new PatientPattern(pattern);
  }

  /** Whether the user gave it, who knows better than a layout. */
  boolean isGiven() {
    return given != null;
  }

  /** The patient, or an empty string where the name does not fit. */
  public String patient(String className, String fileName) {
    Pattern pattern = given == null ? usual(className) : given;
    Matcher matcher = pattern.matcher(fileName);
    if (!matcher.find()) {
      return "";
    }
    boolean named = pattern.namedGroups().containsKey(GROUP);
    String patient = named ? matcher.group(GROUP) : matcher.group(1);
    return patient == null ? "" : patient.strip();
  }

  private static Pattern usual(String className) {
    return Pattern.compile(
        "^(?:" + Pattern.quote(className) + "|[^-]+)-(?<patient>.+)-[0-9]+\\.[^.]+$");
  }
}
