package io.octnet.catalogue;

import io.octnet.images.ScanFacts;
import io.octnet.images.ScanRef;

/**
 * One readable picture of a data set.
 *
 * @param file its name in tables: path relative to the data folder, with {@code /} on every system,
 *     and the frame where the file holds several; what names a patient in it is replaced where
 *     patients are confidential
 * @param label index of its class in {@link Catalogue#classes()}
 * @param facts whose eye it is, as far as the data say
 * @param part {@code train}, {@code validation} or {@code test}, where the data are given so; else
 *     empty
 * @param at where it lies
 * @param width of the upright picture, in pixels
 * @param height of the upright picture, in pixels
 * @param sha256 of the file's bytes, in hex; the same for all its frames
 * @param pixelHash of the decoded pixels ({@link io.octnet.images.Raster8#hash}): equal for exact
 *     duplicates, however they were stored
 */
public record Scan(
    String file,
    int label,
    ScanFacts facts,
    String part,
    ScanRef at,
    int width,
    int height,
    String sha256,
    String pixelHash) {

  /** Whose eye it is, or empty. */
  public String patient() {
    return facts.patient();
  }

  public boolean hasPatient() {
    return !facts.patient().isEmpty();
  }

  /**
   * What a split may not tear apart: the patient, or, where unknown, the volume, or all files of
   * the same pixels.
   */
  public String group() {
    if (hasPatient()) {
      return "patient " + facts.patient();
    }
    return facts.volume().isEmpty() ? "pixels " + pixelHash : "volume " + facts.volume();
  }

  /** The same scan of another patient. */
  public Scan withPatient(String other) {
    ScanFacts changed = new ScanFacts(other, facts.eye(), facts.volume());
    return new Scan(file, label, changed, part, at, width, height, sha256, pixelHash);
  }
}
