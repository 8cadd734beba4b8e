package io.octnet.evaluation;

import io.octnet.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Resamples patients, not images: images of one eye are alike, and intervals that take them for
 * independent are too narrow.
 */
public final class Bootstrap {
  private final List<List<Prediction>> patients;
  private final int[][] draws;

  /** Draws as many patients as there are, with replacement, so many times. */
  public static Bootstrap of(List<Prediction> images, int draws, long seed) {
    int patients = byPatient(images).size();
    RandomStream random = RandomStream.of(seed);
    int[][] drawn = new int[draws][patients];
    for (int[] draw : drawn) {
      for (int i = 0; i < patients; i++) {
        draw[i] = random.nextInt(patients);
      }
    }
    return new Bootstrap(images, drawn);
  }

  /** Of given draws: indices into the patients in the order of their names. */
  Bootstrap(List<Prediction> images, int[][] draws) {
    this.patients = List.copyOf(byPatient(images).values());
    this.draws = draws;
  }

  /** The images of the patients drawn, twice if drawn twice. */
  private List<Prediction> resample(int[] draw) {
    List<Prediction> rows = new ArrayList<>();
    for (int patient : draw) {
      rows.addAll(patients.get(patient));
    }
    return rows;
  }

  private static Map<String, List<Prediction>> byPatient(List<Prediction> images) {
    Map<String, List<Prediction>> groups = new TreeMap<>();
    for (Prediction p : images) {
      groups.computeIfAbsent(p.group(), name -> new ArrayList<>()).add(p);
    }
    return groups;
  }

  /**
   * The 2.5th and 97.5th percentile of a metric, linear between neighbours; resamples where it is
   * undefined (NaN) are left out, null when it is undefined in all.
   */
  public double[] interval(ToDoubleFunction<List<Prediction>> metric) {
    double[] values =
        Arrays.stream(draws)
            .mapToDouble(draw -> metric.applyAsDouble(resample(draw)))
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    return values.length == 0
        ? null
        : new double[] {percentile(values, 0.025), percentile(values, 0.975)};
  }

  private static double percentile(double[] sorted, double q) {
    double h = (sorted.length - 1) * q;
    int below = (int) Math.floor(h);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
  }
}
