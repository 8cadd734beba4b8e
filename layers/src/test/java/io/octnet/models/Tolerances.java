package io.octnet.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tolerances of golden/training for one case, and what its tests have in common. */
public record Tolerances(String name, Map<String, Double> values, Rounding rounding) {

  static Tolerances of(Path folder, Rounding rounding) {
    return of(folder.resolveSibling("tolerances.tsv"), folder.getFileName().toString(), rounding);
  }

  public static Tolerances of(Path table, String name, Rounding rounding) {
    Map<String, Double> values = new HashMap<>();
    for (String[] row : rows(table)) {
      if (row[0].equals(name)) {
        values.put(row[1] + ": " + row[2], Double.parseDouble(row[row.length - 1]));
      }
    }
    return new Tolerances(name, values, rounding);
  }

  public double of(String when, String quantity) {
    Double value = values.get(when + ": " + quantity);
    assertThat(value).as("tolerance of %s, %s: %s", name, when, quantity).isNotNull();
    double wider = value * rounding.factor();
    boolean first = when.equals("step 0");
    if (quantity.startsWith("gradient")) {
      return Math.max(wider, first ? rounding.gradients() : rounding.laterGradients());
    }
    boolean seen = quantity.contains("loss") || quantity.contains("probabilities");
    return seen && !first ? Math.max(wider, rounding.later()) : wider;
  }

  /** The rows of a table without its header. */
  public static List<String[]> rows(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1).map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One step's images of (steps, N, H, W, C), divided by 255. */
  public static Tensor images(Npy all, int step) {
    int[] d = all.dims();
    Shape shape = Shape.of(d[1], d[2], d[3], d[4]);
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (all.values()[step * data.length + i] & 0xff) / 255f;
    }
    return Tensor.of(shape, data);
  }

  public static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  public static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
