package io.octnet.audit;

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
 * Finds copies among all pairs of pictures: signs of coarse signatures leave about one pair in a
 * hundred, cosines of the signatures the few best partners of each picture, speckle decides.
 */
final class NearDuplicates {
  /** Copies differ in at most this many of the 256 signs, with room to spare. */
  private static final int MAX_SIGNS = 64;

  private static final double MIN_COSINE = 0.88;
  private static final int PARTNERS = 8;

  private NearDuplicates() {}

  private record Candidate(int partner, boolean mirrored, double cosine) {}

  /** Pairs in the order of the catalogue; exact duplicates are not among them. */
  static List<NearDuplicate> find(Catalogue catalogue, PixelCache thumbnails, int threads) {
    int[] images = withoutExactDuplicates(catalogue);
    List<Signature> signatures =
        Workers.map(
            images.length, threads, i -> new Signature(Thumbnails.gray(thumbnails, images[i])));
    List<List<Candidate>> candidates =
        Workers.map(images.length, threads, i -> candidates(signatures, i));
    return Workers.map(
            images.length, threads, i -> confirm(catalogue, thumbnails, images, candidates, i))
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

  private static List<Candidate> candidates(List<Signature> signatures, int i) {
    List<Candidate> close = new ArrayList<>();
    for (int j = 0; j < signatures.size(); j++) {
      double plain = cosine(signatures.get(i), signatures.get(j), false);
      double mirrored = cosine(signatures.get(i), signatures.get(j), true);
      if (j != i && Math.max(plain, mirrored) >= MIN_COSINE) {
        close.add(new Candidate(j, mirrored > plain, Math.max(plain, mirrored)));
      }
    }
    return close.stream()
        .sorted(
            Comparator.comparingDouble((Candidate c) -> -c.cosine)
                .thenComparingInt(Candidate::partner))
        .limit(PARTNERS)
        .toList();
  }

  private static double cosine(Signature a, Signature b, boolean mirror) {
    return a.signsDiffering(b, mirror) <= MAX_SIGNS ? a.cosine(b, mirror) : -1;
  }

  /** A pair is looked at once: by its first picture, or by its second if only that one asks. */
  private static List<NearDuplicate> confirm(
      Catalogue catalogue,
      PixelCache thumbnails,
      int[] images,
      List<List<Candidate>> candidates,
      int i) {
    List<NearDuplicate> found = new ArrayList<>();
    for (Candidate candidate : candidates.get(i)) {
      int j = candidate.partner;
      boolean askedByTheOther = candidates.get(j).stream().anyMatch(theirs -> theirs.partner == i);
      if (j < i && askedByTheOther) {
        continue;
      }
      int first = images[Math.min(i, j)];
      int second = images[Math.max(i, j)];
      byte[] other = Thumbnails.gray(thumbnails, second);
      double similarity =
          SpeckleMatch.similarity(
              Thumbnails.gray(thumbnails, first),
              candidate.mirrored ? Planes.mirror(other, Thumbnails.SIZE) : other);
      if (similarity >= SpeckleMatch.COPY) {
        Scan a = catalogue.scans().get(first);
        Scan b = catalogue.scans().get(second);
        found.add(
            new NearDuplicate(
                a.file(), b.file(), candidate.mirrored, similarity, a.label() != b.label()));
      }
    }
    return found;
  }
}
