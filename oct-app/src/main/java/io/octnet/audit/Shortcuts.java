package io.octnet.audit;

import io.octnet.audit.Shortcut.ClassTold;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.KeyedHash;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelCache;
import io.octnet.images.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tries to tell the classes by the size and the border of the pictures alone. */
final class Shortcuts {
  private static final int FOLDS = 5;
  private static final double NOTEWORTHY = 0.1;
  private static final int STRIP = 2;
  private static final int CORNER = 8;
  private static final int WHITE = 250;

  private Shortcuts() {}

  static List<Shortcut> find(Catalogue catalogue, PixelCache thumbnails, int threads) {
    double[][] size = features(catalogue, i -> size(catalogue.scans().get(i)));
    double[][] border = features(catalogue, i -> border(Thumbnails.gray(thumbnails, i)));
    double[][] both =
        features(
            catalogue,
            i -> DoubleStream.concat(Arrays.stream(size[i]), Arrays.stream(border[i])).toArray());
    return List.of(
        crossValidated("size", size, catalogue, threads),
        crossValidated("border", border, catalogue, threads),
        crossValidated("size and border", both, catalogue, threads));
  }

  /** The first of them, which needs no pixels. */
  static Shortcut bySize(Catalogue catalogue) {
    return crossValidated(
        "size", features(catalogue, i -> size(catalogue.scans().get(i))), catalogue, 1);
  }

  private static double[][] features(Catalogue catalogue, IntFunction<double[]> of) {
    return IntStream.range(0, catalogue.size()).mapToObj(of).toArray(double[][]::new);
  }

  private static double[] size(Scan scan) {
    return new double[] {scan.width(), scan.height(), (double) scan.width() / scan.height()};
  }

  /** Mean gray of the four edges and share of white in the four corners. */
  private static double[] border(byte[] thumbnail) {
    int n = Thumbnails.SIZE;
    return new double[] {
      mean(thumbnail, 0, 0, n, STRIP),
      mean(thumbnail, 0, n - STRIP, n, n),
      mean(thumbnail, 0, 0, STRIP, n),
      mean(thumbnail, n - STRIP, 0, n, n),
      white(thumbnail, 0, 0),
      white(thumbnail, n - CORNER, 0),
      white(thumbnail, 0, n - CORNER),
      white(thumbnail, n - CORNER, n - CORNER)
    };
  }

  private static double mean(byte[] pixels, int left, int top, int right, int bottom) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += pixels[y * Thumbnails.SIZE + x] & 0xff;
      }
    }
    return sum / ((right - left) * (bottom - top));
  }

  private static double white(byte[] pixels, int left, int top) {
    int count = 0;
    for (int y = top; y < top + CORNER; y++) {
      for (int x = left; x < left + CORNER; x++) {
        count += (pixels[y * Thumbnails.SIZE + x] & 0xff) >= WHITE ? 1 : 0;
      }
    }
    return (double) count / (CORNER * CORNER);
  }

  private static Shortcut crossValidated(
      String name, double[][] features, Catalogue catalogue, int threads) {
    FeatureTable table = FeatureTable.of(features);
    int[] labels = catalogue.labels();
    int[] folds = catalogue.scans().stream().mapToInt(Shortcuts::fold).toArray();
    int classes = catalogue.classes().size();
    List<ClassTold> told = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] own = Arrays.stream(labels).map(l -> l == label ? 1 : 0).toArray();
      double accuracy = balancedAccuracy(table, own, 2, folds, threads);
      told.add(new ClassTold(catalogue.classes().get(c), accuracy, limit(catalogue, label)));
    }
    double accuracy = balancedAccuracy(table, labels, classes, folds, threads);
    return new Shortcut(name, accuracy, 1.0 / classes, told);
  }

  private static double limit(Catalogue catalogue, int label) {
    double variance = 0.25 / groups(catalogue, s -> s.label() == label);
    variance += 0.25 / groups(catalogue, s -> s.label() != label);
    return 0.5 + Math.max(NOTEWORTHY, 3 * Math.sqrt(variance) / 2);
  }

  private static long groups(Catalogue catalogue, Predicate<Scan> which) {
    return Math.max(
        1, catalogue.scans().stream().filter(which).map(Scan::group).distinct().count());
  }

  /** Every scan is judged by a tree that has seen no scan of its patient. */
  private static double balancedAccuracy(
      FeatureTable table, int[] labels, int classes, int[] folds, int threads) {
    List<DecisionTree> trees =
        Workers.map(
            FOLDS,
            threads,
            fold -> {
              int[] others =
                  IntStream.range(0, labels.length).filter(i -> folds[i] != fold).toArray();
              return DecisionTree.grow(table, labels, classes, others);
            });
    double[] right = new double[classes];
    double[] count = new double[classes];
    for (int i = 0; i < labels.length; i++) {
      count[labels[i]]++;
      int told = trees.get(folds[i]).predict(table.values()[i]);
      right[labels[i]] += told == labels[i] ? 1 : 0;
    }
    return IntStream.range(0, classes)
        .mapToDouble(c -> count[c] == 0 ? 0 : right[c] / count[c])
        .average()
        .orElseThrow();
  }

  private static int fold(Scan scan) {
    return (int) (FOLDS * KeyedHash.uniform(0, "fold", scan.group()));
  }
}
