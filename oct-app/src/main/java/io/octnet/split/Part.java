package io.octnet.split;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a scan is used for. */
public enum Part {
  TRAIN,
  VALIDATION,
  TEST;

  /** As it stands in files: {@code train}, {@code validation}, {@code test}. */
  public String csvName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Part> of(String csvName) {
    return Arrays.stream(values()).filter(part -> part.csvName().equals(csvName)).findFirst();
  }
}
