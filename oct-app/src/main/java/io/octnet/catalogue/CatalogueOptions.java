package io.octnet.catalogue;

import io.octnet.images.Workers;

/**
 * How a folder is read.
 *
 * @param patients finds the patient in a file name
 * @param minimumClasses fewer class folders are an error
 * @param limit read only a stratified sample of this many files; 0 reads all
 * @param seed of the sample
 * @param threads that decode
 */
public record CatalogueOptions(
    PatientPattern patients, int minimumClasses, int limit, long seed, int threads) {
  /** Two classes or more, every file, all processors. */
  public static final CatalogueOptions DEFAULT =
      new CatalogueOptions(PatientPattern.DEFAULT, 2, 0, 42, Workers.all());

  public CatalogueOptions withPatients(PatientPattern other) {
    return new CatalogueOptions(other, minimumClasses, limit, seed, threads);
  }

  public CatalogueOptions withMinimumClasses(int other) {
    return new CatalogueOptions(patients, other, limit, seed, threads);
  }

  public CatalogueOptions withLimit(int otherLimit, long otherSeed) {
    return new CatalogueOptions(patients, minimumClasses, otherLimit, otherSeed, threads);
  }

  public CatalogueOptions withThreads(int other) {
    return new CatalogueOptions(patients, minimumClasses, limit, seed, other);
  }
}
