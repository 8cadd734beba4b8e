package io.octnet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.audit.Partners.Partner;
import io.octnet.images.Workers;
import io.octnet.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartnersTest {
  private static final int SIZE = Thumbnails.SIZE;

  /** More than a block of columns, and many near one another, some mirrored. */
  private static final int COUNT = 4200;

  @Test
  void blocksFindWhatComparingAllPairsOneByOneFinds() {
    List<Signature> signatures = Workers.map(COUNT, 2, i -> new Signature(picture(i)));
    List<List<Partner>> found = Partners.of(signatures);
    assertThat(found).hasSize(COUNT);
    assertThat(found.stream().mapToInt(List::size).sum()).isGreaterThan(COUNT / 2);
    for (int i = 0; i < COUNT; i += 7) {
      assertThat(found.get(i)).as("partners of %d", i).isEqualTo(oneByOne(signatures, i));
    }
  }

  @Test
  void aPictureAloneHasNoPartner() {
    assertThat(Partners.of(List.of())).isEmpty();
    assertThat(Partners.of(List.of(new Signature(picture(1))))).containsExactly(List.of());
  }

  /** A few dozen families of smooth blobs, their members differing a little, a third mirrored. */
  private static byte[] picture(int i) {
    RandomStream family = RandomStream.of(7, "family", i % 41);
    RandomStream own = RandomStream.of(7, "member", i);
    double[] gray = new double[SIZE * SIZE];
    for (int k = 2; k <= 6; k += 2) {
      double[] across = wave(k / 20.0, family, own);
      double[] down = wave(1 / 17.0, family, own);
      for (int at = 0; at < gray.length; at++) {
        gray[at] += across[at % SIZE] * down[at / SIZE];
      }
    }
    byte[] picture = new byte[SIZE * SIZE];
    for (int at = 0; at < gray.length; at++) {
      picture[at] = (byte) (int) (110 + 30 * gray[at]);
    }
    return i % 3 == 0 ? Planes.mirror(picture, SIZE) : picture;
  }

  private static double[] wave(double frequency, RandomStream family, RandomStream own) {
    double phase = 6 * family.nextDouble() + 0.9 * own.nextDouble();
    return IntStream.range(0, SIZE).mapToDouble(x -> Math.sin(x * frequency + phase)).toArray();
  }

  private static List<Partner> oneByOne(List<Signature> signatures, int i) {
    List<Partner> partners = new ArrayList<>();
    IntStream.range(0, signatures.size())
        .filter(j -> j != i)
        .forEach(
            j -> {
              double plain = cosine(signatures.get(i), signatures.get(j), false);
              double mirrored = cosine(signatures.get(i), signatures.get(j), true);
              if (Math.max(plain, mirrored) >= 0.88) {
                partners.add(new Partner(j, mirrored > plain, Math.max(plain, mirrored)));
              }
            });
    return partners.stream()
        .sorted(
            Comparator.comparingDouble((Partner p) -> -p.cosine()).thenComparingInt(Partner::index))
        .limit(8)
        .toList();
  }

  private static double cosine(Signature a, Signature b, boolean mirror) {
    return a.signsDiffering(b, mirror) <= 64 ? a.cosine(b, mirror) : -1;
  }
}
