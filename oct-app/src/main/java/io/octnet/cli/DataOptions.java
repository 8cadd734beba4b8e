package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.PatientPattern;
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
      paramLabel = "patient|image",
      description = "What must not be torn apart. Default: patient.")
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
      names = "--seed",
      paramLabel = "N",
      description = "What everything random derives from. Default: 42.")
  Long seed;

  /** How the folder is read. */
  CatalogueOptions catalogue() {
    CatalogueOptions reading = CatalogueOptions.DEFAULT.withLimit(limit(), seed());
    return patientRegex == null ? reading : reading.withPatients(PatientPattern.of(patientRegex));
  }

  SplitChoice splitChoice() {
    Split.Rule made = split == TrainOptions.SplitBy.image ? Split.Rule.IMAGE : Split.Rule.PATIENT;
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
