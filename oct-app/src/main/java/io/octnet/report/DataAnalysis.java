package io.octnet.report;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.KeyedHash;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelCache;
import io.octnet.images.Raster8;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a data set looks like, in bars: how many scans each class has, as a whole and in each given
 * part, their sizes and brightness; and a few scans of each class, drawn by a hash of their names.
 */
public final class DataAnalysis {
  private static final int WIDEST = 300;
  private static final int MOST_SIZES = 8;
  private static final int BRIGHTNESS_BINS = 8;
  private static final int SHOWN = 4;

  private final Catalogue catalogue;
  private final PixelCache thumbnails;

  /**
   * Of a catalogue.
   *
   * @param thumbnails of its scans, in its order
   */
  DataAnalysis(Catalogue catalogue, PixelCache thumbnails) {
    this.catalogue = catalogue;
    this.thumbnails = thumbnails;
  }

  /** A bar of a histogram; its width is in the units of the picture. */
  public record Bar(String name, String count, int width) {}

  /** A histogram. */
  public record Histogram(String title, List<Bar> bars) {}

  /** Some scans of a class, by their names. */
  public record Sheet(String className, List<String> files) {}

  /** All histograms. */
  public List<Histogram> histograms() {
    List<Histogram> histograms = new ArrayList<>();
    histograms.add(new Histogram("Class distribution", classes(scan -> true)));
    catalogue.scans().stream()
        .map(Scan::part)
        .filter(part -> !part.isEmpty())
        .distinct()
        .sorted()
        .forEach(
            part ->
                histograms.add(
                    new Histogram(
                        "Class distribution of " + part + ", as given",
                        classes(scan -> scan.part().equals(part)))));
    histograms.add(new Histogram("Image sizes in pixels", sizes()));
    histograms.add(new Histogram("Mean brightness, 0 to 255", brightness()));
    return histograms;
  }

  /** How many bits the samples have, in one line. */
  public String depth() {
    return catalogue.origin().depth() == null
        ? "Bit depth: every file says its own, or has 8 bits."
        : Text.format(
            "Bit depth: files of 16 bits are taken to use %d.", catalogue.origin().depth().bits());
  }

  /** A few scans of each class; the same ones every time. */
  public List<Sheet> contactSheet() {
    List<Sheet> sheets = new ArrayList<>();
    for (int c = 0; c < catalogue.classes().size(); c++) {
      int label = c;
      List<String> files =
          catalogue.scans().stream()
              .filter(scan -> scan.label() == label)
              .map(Scan::file)
              .sorted(KeyedHash.order(0, "contact sheet", file -> file))
              .limit(SHOWN)
              .toList();
      sheets.add(new Sheet(catalogue.classes().get(c), files));
    }
    return sheets;
  }

  private List<Bar> classes(Predicate<Scan> which) {
    Map<String, Integer> counts = new TreeMap<>();
    catalogue.classes().forEach(name -> counts.put(name, 0));
    catalogue.scans().stream()
        .filter(which)
        .forEach(scan -> counts.merge(catalogue.className(scan), 1, Integer::sum));
    return bars(List.copyOf(counts.keySet()), List.copyOf(counts.values()));
  }

  private List<Bar> sizes() {
    Map<String, Integer> counts = new TreeMap<>();
    catalogue.scans().forEach(s -> counts.merge(s.width() + "x" + s.height(), 1, Integer::sum));
    List<String> names =
        counts.keySet().stream()
            .sorted(Comparator.comparingInt((String size) -> -counts.get(size)))
            .toList();
    List<String> shown = new ArrayList<>(names.subList(0, Math.min(MOST_SIZES, names.size())));
    List<Integer> values = new ArrayList<>(shown.stream().map(counts::get).toList());
    if (names.size() > shown.size()) {
      shown.add(Text.format("%d others", names.size() - values.size()));
      values.add(catalogue.size() - values.stream().mapToInt(Integer::intValue).sum());
    }
    return bars(shown, values);
  }

  private List<Bar> brightness() {
    int[] counts = new int[BRIGHTNESS_BINS];
    for (int i = 0; i < thumbnails.images(); i++) {
      counts[Math.min(BRIGHTNESS_BINS - 1, (int) (mean(thumbnails.raster(i)) / binWidth()))]++;
    }
    List<String> names = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      names.add(bin * binWidth() + " to " + ((bin + 1) * binWidth() - 1));
      values.add(counts[bin]);
    }
    return bars(names, values);
  }

  private static int binWidth() {
    return 256 / BRIGHTNESS_BINS;
  }

  private static double mean(Raster8 picture) {
    long sum = 0;
    for (byte sample : picture.bytes()) {
      sum += sample & 0xff;
    }
    return (double) sum / picture.bytes().length;
  }

  private static List<Bar> bars(List<String> names, List<Integer> counts) {
    int most = Math.max(1, counts.stream().mapToInt(Integer::intValue).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int width = (int) Math.round((double) WIDEST * counts.get(i) / most);
      bars.add(new Bar(names.get(i), Text.format("%,d", counts.get(i)), width));
    }
    return bars;
  }
}
