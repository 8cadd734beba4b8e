package io.octnet.catalogue;

/**
 * One readable image of a data folder.
 *
 * @param file path relative to the data folder, with {@code /} on every system
 * @param label index of its class in {@link Catalogue#classes()}
 * @param patient whose eye it is, or empty where the file name does not say
 * @param width of the upright picture, in pixels
 * @param height of the upright picture, in pixels
 * @param sha256 of the file's bytes, in hex
 * @param pixelHash of the decoded pixels ({@link io.octnet.images.Raster8#hash}): equal for exact
 *     duplicates, however they were stored
 */
public record Scan(
    String file,
    int label,
    String patient,
    int width,
    int height,
    String sha256,
    String pixelHash) {

  public boolean hasPatient() {
    return !patient.isEmpty();
  }

  /**
   * What a split may not tear apart: the patient, or, where unknown, all files of the same pixels.
   */
  public String group() {
    return hasPatient() ? "patient " + patient : "pixels " + pixelHash;
  }

  /** The same scan of another patient. */
  public Scan withPatient(String other) {
    return new Scan(file, label, other, width, height, sha256, pixelHash);
  }
}
