package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.runs.Reading;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which scans, and how they are divided. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with a folder of images for each class. Default: synthetic phantoms.")
  Path folder;

  @Option(
      names = "--split",
      paramLabel = "patient|image|given",
      description =
          "What must not be torn apart; given: the parts that folders or table give. Default:"
              + " patient.")
  TrainOptions.SplitBy split;

  @Option(
      names = "--split-file",
      paramLabel = "CSV",
      description = "A split made before: file, sha256, patient, class, split.")
  Path splitFile;

  @Option(
      names = "--fractions",
      paramLabel = "A,B,C",
      description = "Shares of train, validation and test. Default: 0.725,0.1275,0.15.")
  String fractions;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only a sample of N images, stratified by class.")
  Integer limit;

  @Option(
      names = "--patient-regex",
      paramLabel = "REGEX",
      description =
          "Finds the patient in a file name, by its group. Default: CLASS-<patient>-<n>.<ext>.")
  String patientRegex;

  @Option(
      names = "--labels",
      paramLabel = "FILE.csv",
      description =
          "A table of classes: columns file and class, and patient, eye, volume, split where it has"
              + " them. Default: the folders say the classes.")
  Path labels;

  @Option(
      names = "--bit-depth",
      paramLabel = "auto|8|10|12|16",
      description = "How many bits of 16-bit files count. Default: auto, by the largest sample.")
  String bitDepth;

  @Option(
      names = "--pseudonymize",
      description = "Write a keyed hash wherever a patient's name or number would stand.")
  boolean pseudonymize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random derives from. Default: 42.")
  Long seed;

  /** Where the data lie: beside their table, if only that is given. */
  Path folder() {
    return folder == null && labels != null ? labels.toAbsolutePath().getParent() : folder;
  }

  /** How it is read, by the user's choices. */
  Reading reading() {
    return new Reading(
        patientRegex, labels, Reading.depth(bitDepth == null ? "auto" : bitDepth), pseudonymize);
  }

  /** How the folder is read. */
  CatalogueOptions catalogue() {
    return reading().options().withLimit(limit(), seed());
  }

  SplitChoice splitChoice() {
    Split.Rule made = split == null ? Split.Rule.PATIENT : split.rule();
    Split.Rule rule = splitFile == null ? made : Split.Rule.FILE;
    return new SplitChoice(rule, splitFile, fractions(), seed());
  }

  Fractions fractions() {
    return fractions == null ? Fractions.ARTICLE : Fractions.parse(fractions);
  }

  int limit() {
    if (limit != null && limit < 1) {
      throw UserException.usage("--limit is " + limit + "; expected 1 or more images");
    }
    return limit == null ? 0 : limit;
  }

  long seed() {
    return seed == null ? 42 : seed;
  }
}
