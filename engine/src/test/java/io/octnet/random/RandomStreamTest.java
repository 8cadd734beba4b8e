package io.octnet.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void splitMix64GivesThePublishedNumbers() {
    // The generator's first outputs for seed 1234567, as published with its reference in C.
    long[] expected = {0x599ed017fb08fc85L, 0x2c73f08458540fa5L, 0x883ebce5a3f27c77L};
    for (int i = 0; i < expected.length; i++) {
      assertThat(RandomStream.uniform(1234567, i)).isEqualTo((expected[i] >>> 40) * 0x1p-24f);
    }
  }

  @Test
  void xoshiroFollowsItsReferenceFromAKnownState() {
    // xoshiro256++ from the state 1, 2, 3, 4, as computed by the reference in C.
    RandomStream random = RandomStream.restore(new long[] {1, 2, 3, 4});
    long[] expected = {41943041L, 58720359L, 3588806011781223L, 3591011842654386L};
    assertThat(LongStream.generate(random::nextLong).limit(4).toArray()).isEqualTo(expected);
  }

  @Test
  void aRestoredStreamGoesOnWhereItWasSaved() {
    RandomStream random = RandomStream.of(7);
    random.nextLong();
    long[] state = random.state();
    long[] next = {random.nextLong(), random.nextLong()};
    assertThat(state).isNotEqualTo(random.state());
    RandomStream restored = RandomStream.restore(state);
    assertThat(new long[] {restored.nextLong(), restored.nextLong()}).isEqualTo(next);
    assertThatThrownBy(() -> RandomStream.restore(new long[4]))
        .hasMessageContaining("four numbers, not all zero; received [0, 0, 0, 0]");
    assertThatThrownBy(() -> RandomStream.restore(new long[3])).hasMessageContaining("four");
  }

  @Test
  void streamsOfOtherSeedsPurposesAndNumbersDiffer() {
    long[] seeds = {
      RandomStream.derive(1, "shuffle", 0),
      RandomStream.derive(2, "shuffle", 0),
      RandomStream.derive(1, "dropout", 0),
      RandomStream.derive(1, "shuffle", 1),
      RandomStream.derive(1, "shufle", 0)
    };
    assertThat(Arrays.stream(seeds).distinct().count()).isEqualTo(seeds.length);
    assertThat(RandomStream.of(1, "shuffle", 0).nextLong())
        .isEqualTo(RandomStream.of(seeds[0]).nextLong());
  }

  @Test
  void uniformNumbersFillTheirRangeEvenly() {
    RandomStream random = RandomStream.of(1);
    int n = 100_000;
    int[] counts = new int[7];
    double floats = 0;
    double doubles = 0;
    for (int i = 0; i < n; i++) {
      counts[random.nextInt(7)]++;
      float value = random.nextFloat();
      assertThat(value >= 0 && value < 1).isTrue();
      floats += value;
      doubles += random.nextDouble();
    }
    for (int count : counts) {
      assertThat((double) count / n).isCloseTo(1 / 7.0, within(0.005)); // sigma 0.0011
    }
    assertThat(floats / n).isCloseTo(0.5, within(0.004)); // sigma 0.0009
    assertThat(doubles / n).isCloseTo(0.5, within(0.004));
    assertThatThrownBy(() -> random.nextInt(0)).hasMessage("bound must be positive, received 0");
    assertThat(random.nextInt(1)).isZero();
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    RandomStream random = RandomStream.of(2);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double value = random.nextGaussian();
      sum += value;
      squares += value * value;
      fourth += value * value * value * value;
    }
    assertThat(sum / n).isCloseTo(0, within(0.015)); // sigma 0.003
    assertThat(squares / n).isCloseTo(1, within(0.02)); // sigma 0.0045
    assertThat(fourth / n).isCloseTo(3, within(0.15)); // sigma 0.031
  }

  @Test
  void aPermutationHoldsEveryNumberOnceAndEveryOrderComesUp() {
    RandomStream random = RandomStream.of(3);
    int[] order = random.permutation(101);
    assertThat(order).isNotEqualTo(IntStream.range(0, 101).toArray());
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 101).toArray());
    int[] counts = new int[27];
    for (int i = 0; i < 6000; i++) {
      int[] three = random.permutation(3);
      counts[three[0] * 9 + three[1] * 3 + three[2]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(6);
    assertThat(Arrays.stream(seen).allMatch(count -> Math.abs(count - 1000) < 150))
        .isTrue(); // sigma 29
  }
}
