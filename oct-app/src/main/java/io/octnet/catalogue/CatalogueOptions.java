package io.octnet.catalogue;

import io.octnet.images.BitDepth;
import io.octnet.images.Workers;
import java.nio.file.Path;

/**
 * How a data set is read.
 *
 * @param patients finds the patient in a file name
 * @param labels a table of classes; null where the folders say them
 * @param depth of 16-bit samples; null: as the data show
 * @param pseudonymize whether a keyed hash stands for each patient
 * @param minimumClasses fewer classes are an error
 * @param limit read only a stratified sample of this many files; 0 reads all
 * @param seed of the sample
 * @param threads that decode
 */
public record CatalogueOptions(
    PatientPattern patients,
    Path labels,
    BitDepth depth,
    boolean pseudonymize,
    int minimumClasses,
    int limit,
    long seed,
    int threads) {
  /** Two classes or more, every file, all processors. */
  public static final CatalogueOptions DEFAULT =
      new CatalogueOptions(PatientPattern.DEFAULT, null, null, false, 2, 0, 42, Workers.all());

  public CatalogueOptions withPatients(PatientPattern other) {
    return new CatalogueOptions(
        other, labels, depth, pseudonymize, minimumClasses, limit, seed, threads);
  }

  public CatalogueOptions withLabels(Path other) {
    return new CatalogueOptions(
        patients, other, depth, pseudonymize, minimumClasses, limit, seed, threads);
  }

  public CatalogueOptions withDepth(BitDepth other) {
    return new CatalogueOptions(
        patients, labels, other, pseudonymize, minimumClasses, limit, seed, threads);
  }

  public CatalogueOptions withPseudonyms(boolean other) {
    return new CatalogueOptions(
        patients, labels, depth, other, minimumClasses, limit, seed, threads);
  }

  public CatalogueOptions withMinimumClasses(int other) {
    return new CatalogueOptions(patients, labels, depth, pseudonymize, other, limit, seed, threads);
  }

  public CatalogueOptions withLimit(int otherLimit, long otherSeed) {
    return new CatalogueOptions(
        patients, labels, depth, pseudonymize, minimumClasses, otherLimit, otherSeed, threads);
  }

  public CatalogueOptions withThreads(int other) {
    return new CatalogueOptions(
        patients, labels, depth, pseudonymize, minimumClasses, limit, seed, other);
  }
}
