package io.octnet.cli;

import io.octnet.runs.Reading;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How data are read, in every command that reads some. */
final class ReadingOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE.csv",
      description =
          "A table of classes: columns file and class, and patient, eye, volume, split where it has"
              + " them. Default: the folders say the classes.")
  Path labels;

  @Option(
      names = "--patient-regex",
      paramLabel = "REGEX",
      description =
          "Finds the patient in a file name, by its group. Default: CLASS-<patient>-<n>.<ext>.")
  String patientRegex;

  @Option(
      names = "--bit-depth",
      paramLabel = "auto|8|10|12|16",
      description = "How many bits of 16-bit files count. Default: auto, by the largest sample.")
  String bitDepth;

  @Option(
      names = "--pseudonymize",
      description = "Write a keyed hash wherever a patient's name or number would stand.")
  boolean pseudonymize;

  /** By the user's choices. */
  Reading reading() {
    return new Reading(
        patientRegex, labels, Reading.depth(bitDepth == null ? "auto" : bitDepth), pseudonymize);
  }
}
