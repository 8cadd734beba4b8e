package io.octnet.audit;

import io.octnet.audit.Partners.Partner;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelCache;
import io.octnet.images.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds copies among all pairs of pictures: coarse signatures leave the few best {@link Partners}
 * of each picture, speckle decides.
 */
final class NearDuplicates {
  private NearDuplicates() {}

  /** Pairs in the order of the catalogue; exact duplicates are not among them. */
  static List<NearDuplicate> find(Catalogue catalogue, PixelCache thumbnails, int threads) {
    int[] images = withoutExactDuplicates(catalogue);
    List<Signature> signatures =
        Workers.map(
            images.length, threads, i -> new Signature(Thumbnails.gray(thumbnails, images[i])));
    List<List<Partner>> partners = Partners.of(signatures);
    return Workers.map(
            images.length, threads, i -> confirm(catalogue, thumbnails, images, partners, i))
        .stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(NearDuplicate::first).thenComparing(NearDuplicate::second))
        .toList();
  }

  /** The first of each group of equal pictures. */
  private static int[] withoutExactDuplicates(Catalogue catalogue) {
    Set<String> seen = new HashSet<>();
    return IntStream.range(0, catalogue.size())
        .filter(i -> seen.add(catalogue.scans().get(i).pixelHash()))
        .toArray();
  }

  /** A pair is looked at once: by its first picture, or by its second if only that one asks. */
  private static List<NearDuplicate> confirm(
      Catalogue catalogue,
      PixelCache thumbnails,
      int[] images,
      List<List<Partner>> partners,
      int i) {
    List<NearDuplicate> found = new ArrayList<>();
    for (Partner partner : partners.get(i)) {
      int j = partner.index();
      boolean askedByTheOther = partners.get(j).stream().anyMatch(theirs -> theirs.index() == i);
      if (j < i && askedByTheOther) {
        continue;
      }
      int first = images[Math.min(i, j)];
      int second = images[Math.max(i, j)];
      byte[] other = Thumbnails.gray(thumbnails, second);
      double similarity =
          SpeckleMatch.similarity(
              Thumbnails.gray(thumbnails, first),
              partner.mirrored() ? Planes.mirror(other, Thumbnails.SIZE) : other);
      if (similarity >= SpeckleMatch.COPY) {
        Scan a = catalogue.scans().get(first);
        Scan b = catalogue.scans().get(second);
        found.add(
            new NearDuplicate(
                a.file(), b.file(), partner.mirrored(), similarity, a.label() != b.label()));
      }
    }
    return found;
  }
}
