package io.octnet.catalogue;

import io.octnet.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code --patient-regex} that fits the names of scans whose patients are unknown. */
final class PatientProposal {
  /** From the strictest to the loosest. */
  private static final List<String> CANDIDATES =
      List.of(
          "(?i)(?:patient|subject|pat|sub)[-_ ]?([0-9]+)",
          "^[A-Za-z]+[-_ ]([0-9]+)[-_ ][0-9]+\\.",
          "^[A-Za-z]+[-_ ]([A-Za-z]*[0-9]+)[-_ ]",
          "^([0-9]+)[-_ ][0-9]+\\.",
          "^([A-Za-z]*[0-9]+)[-_ ](?i:od|os|left|right|l|r|[0-9]+)[-_ .]");

  private PatientProposal() {}

  /** One line; empty where the patients are known or nothing fits every name. */
  static Optional<String> of(Catalogue catalogue) {
    List<String> names =
        catalogue.scans().stream()
            .filter(scan -> !scan.hasPatient())
            .map(scan -> scan.file().substring(scan.file().lastIndexOf('/') + 1))
            .toList();
    if (names.size() < 2 || names.size() < catalogue.size()) {
      return Optional.empty();
    }
    return CANDIDATES.stream()
        .filter(regex -> patients(regex, names) > 1)
        .findFirst()
        .map(
            regex ->
                Text.format(
                    "the names would fit --patient-regex '%s': %d patients; look whether they are ones",
                    regex, patients(regex, names)));
  }

  /** How many there would be; 0 where a name does not fit. */
  private static int patients(String regex, List<String> names) {
    Pattern pattern = Pattern.compile(regex);
    Set<String> patients = new HashSet<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (!matcher.find()) {
        return 0;
      }
      patients.add(matcher.group(1));
    }
    return patients.size();
  }
}
