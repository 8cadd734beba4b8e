package io.octnet.audit;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.layouts.LeftOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The fast part of an audit: what the catalogue alone tells.
 *
 * @param folder the data folder
 * @param images how many images can be read
 * @param data how they lie, and what was noticed, a line each
 * @param classes how many images and patients each class has
 * @param patients how many patients are known
 * @param imagesWithoutPatient images whose file name names no patient
 * @param damaged files named like images that cannot be read
 * @param odd other files that were left out
 * @param exactDuplicates files with the same pixels
 * @param patientsInSeveralClasses patients with images in more than one class
 * @param sizes how often each size occurs in each class, the most frequent first
 */
public record Findings(
    String folder,
    List<String> data,
    int images,
    List<ClassCount> classes,
    int patients,
    int imagesWithoutPatient,
    List<LeftOut> damaged,
    List<LeftOut> odd,
    List<ExactDuplicate> exactDuplicates,
    List<SharedPatient> patientsInSeveralClasses,
    List<SizeCount> sizes) {

  /** How large a class is. */
  public record ClassCount(String name, int images, int patients) {}

  /**
   * Files of the same pixels.
   *
   * @param severalClasses whether they lie in different class folders, so that one label is wrong
   * @param severalPatients whether they carry the names of different patients
   */
  public record ExactDuplicate(
      List<String> files, boolean severalClasses, boolean severalPatients) {}

  /** A patient and how many images of theirs each class has, classes without any left out. */
  public record SharedPatient(String patient, Map<String, Integer> images) {}

  /** A size in pixels and how many images of it each class has, in the order of the classes. */
  public record SizeCount(int width, int height, int images, List<Integer> byClass) {}

  /** Looks a catalogue through. */
  public static Findings of(Catalogue catalogue) {
    return new Findings(
        catalogue.root().toString(),
        catalogue.lines(),
        catalogue.size(),
        classCounts(catalogue),
        catalogue.patients(),
        catalogue.scansWithoutPatient(),
        leftOut(catalogue, LeftOut.Kind.DAMAGED),
        leftOut(catalogue, LeftOut.Kind.ODD),
        exactDuplicates(catalogue),
        sharedPatients(catalogue),
        sizes(catalogue));
  }

  /** The size of the largest class relative to the smallest. */
  public double imbalance() {
    int largest = classes.stream().mapToInt(ClassCount::images).max().orElseThrow();
    int smallest = classes.stream().mapToInt(ClassCount::images).min().orElseThrow();
    return (double) largest / smallest;
  }

  private static List<ClassCount> classCounts(Catalogue catalogue) {
    List<ClassCount> counts = new ArrayList<>();
    for (int c = 0; c < catalogue.classes().size(); c++) {
      int label = c;
      List<Scan> own = catalogue.scans().stream().filter(s -> s.label() == label).toList();
      long patients = own.stream().filter(Scan::hasPatient).map(Scan::patient).distinct().count();
      counts.add(new ClassCount(catalogue.classes().get(c), own.size(), (int) patients));
    }
    return counts;
  }

  private static List<LeftOut> leftOut(Catalogue catalogue, LeftOut.Kind kind) {
    return catalogue.leftOut().stream().filter(l -> l.kind() == kind).toList();
  }

  private static List<ExactDuplicate> exactDuplicates(Catalogue catalogue) {
    return groups(catalogue, Scan::pixelHash).values().stream()
        .filter(group -> group.size() > 1)
        .map(
            group ->
                new ExactDuplicate(
                    group.stream().map(Scan::file).toList(),
                    group.stream().map(Scan::label).distinct().count() > 1,
                    group.stream().filter(Scan::hasPatient).map(Scan::patient).distinct().count()
                        > 1))
        .sorted(Comparator.comparing(duplicate -> duplicate.files().getFirst()))
        .toList();
  }

  private static List<SharedPatient> sharedPatients(Catalogue catalogue) {
    List<SharedPatient> shared = new ArrayList<>();
    groups(catalogue, Scan::patient)
        .forEach(
            (patient, scans) -> {
              Map<String, Integer> images = new TreeMap<>();
              scans.forEach(scan -> images.merge(catalogue.className(scan), 1, Integer::sum));
              if (!patient.isEmpty() && images.size() > 1) {
                shared.add(new SharedPatient(patient, images));
              }
            });
    return shared;
  }

  private static List<SizeCount> sizes(Catalogue catalogue) {
    return groups(catalogue, scan -> scan.width() + "x" + scan.height()).values().stream()
        .map(
            scans -> {
              Integer[] byClass = new Integer[catalogue.classes().size()];
              Arrays.fill(byClass, 0);
              scans.forEach(scan -> byClass[scan.label()]++);
              Scan any = scans.getFirst();
              return new SizeCount(any.width(), any.height(), scans.size(), List.of(byClass));
            })
        .sorted(
            Comparator.comparingInt(SizeCount::images)
                .reversed()
                .thenComparing(SizeCount::width)
                .thenComparing(SizeCount::height))
        .toList();
  }

  private static Map<String, List<Scan>> groups(Catalogue catalogue, Function<Scan, String> key) {
    Map<String, List<Scan>> groups = new TreeMap<>();
    for (Scan scan : catalogue.scans()) {
      groups.computeIfAbsent(key.apply(scan), k -> new ArrayList<>()).add(scan);
    }
    return groups;
  }
}
