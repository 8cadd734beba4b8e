package io.octnet.catalogue;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares of a whole in whole numbers, by largest remainder. */
public final class Quotas {
  private Quotas() {}

  /**
   * Cuts {@code total} in proportion to {@code weights}: the parts add up to {@code total}, and
   * none is further than one from its exact share. Equal remainders favour the earlier part.
   */
  public static int[] of(int total, double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    int[] parts = new int[weights.length];
    double[] remainders = new double[weights.length];
    int given = 0;
    for (int i = 0; i < parts.length; i++) {
      double exact = total * weights[i] / sum;
      parts[i] = (int) Math.floor(exact + 1e-9); // 0.15 * 100 is a little less than 15
      remainders[i] = exact - parts[i];
      given += parts[i];
    }
    int[] order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -remainders[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; given < total; i++, given++) {
      parts[order[i]]++;
    }
    return parts;
  }
}
