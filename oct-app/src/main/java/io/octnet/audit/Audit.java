package io.octnet.audit;

import io.octnet.catalogue.Catalogue;
import io.octnet.images.PixelCache;
import io.octnet.split.Leaks;
import io.octnet.text.Text;
import java.util.List;

/**
 * Everything an audit finds: the fast part and what needs the pixels.
 *
 * @param oddImages images unlike a scan, or unlike the others
 * @param nearDuplicates pairs of files that show the same scan
 * @param shortcuts how well size and border alone tell the class
 * @param leaks what lies in more than one part of a given split; null where none was given
 */
public record Audit(
    Findings findings,
    List<OddImage> oddImages,
    List<NearDuplicate> nearDuplicates,
    List<Shortcut> shortcuts,
    Leaks leaks) {

  /**
   * Runs both parts.
   *
   * @param thumbnails of the catalogue's scans, in its order, collected by {@link
   *     Thumbnails#loader}
   */
  public static Audit of(Catalogue catalogue, PixelCache thumbnails, int threads) {
    if (thumbnails.images() != catalogue.size() || thumbnails.size() != Thumbnails.SIZE) {
      throw new IllegalArgumentException(
          Text.format(
              "expected a thumbnail of %d pixels for each of %d scans, received %d of %d pixels",
              Thumbnails.SIZE, catalogue.size(), thumbnails.images(), thumbnails.size()));
    }
    return new Audit(
        Findings.of(catalogue),
        OddImages.find(catalogue, thumbnails),
        NearDuplicates.find(catalogue, thumbnails, threads),
        Shortcuts.find(catalogue, thumbnails, threads),
        null);
  }

  /** With what a split of the same folder lets through. */
  public Audit with(Leaks found) {
    return new Audit(findings, oddImages, nearDuplicates, shortcuts, found);
  }
}
