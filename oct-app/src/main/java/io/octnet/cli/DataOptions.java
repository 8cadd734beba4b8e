package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.runs.Reading;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
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

  @Mixin ReadingOptions reading;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random derives from. Default: 42.")
  Long seed;

  /** Where the data lie: beside their table, if only that is given. */
  Path folder() {
    return folder == null && reading.labels != null
        ? reading.labels.toAbsolutePath().getParent()
        : folder;
  }

  /** How it is read, by the user's choices. */
  Reading reading() {
    return reading.reading();
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
