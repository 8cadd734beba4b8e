package io.octnet.layouts;

import io.octnet.UserException;
import io.octnet.images.ScanFacts;
import io.octnet.layouts.ScanTree.Branch;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder a class, with the images in it, or with a folder a patient in it. What would lose a
 * class or half of one is refused by name.
 */
final class ClassFolders {
  private final Branch base;
  private final List<Branch> classes;
  private final boolean ofPatients;

  /**
   * A file of a class.
   *
   * @param path relative to the data folder
   * @param part as the folders have it, or empty
   */
  record File(String path, String className, ScanFacts facts, String part) {}

  private ClassFolders(Branch base, List<Branch> classes, boolean ofPatients) {
    this.base = base;
    this.classes = classes;
    this.ofPatients = ofPatients;
  }

  /**
   * Takes the sub-folders of {@code base} for classes.
   *
   * @param data the data folder as the user wrote it, for messages
   */
  static ClassFolders of(Path data, Branch base) {
    List<Branch> classes = base.folders();
    Path folder = data.resolve(base.path());
    if (base.count() == 0) {
      throw new UserException("no images in " + folder + "; " + Layouts.EXPECTED);
    }
    if (classes.stream().allMatch(c -> c.count() == 0)) {
      throw new UserException(
          Text.format(
              "%d images lie in %s itself; %s, or a table of their classes: --labels FILE.csv",
              base.scans().size(), folder, Layouts.EXPECTED));
    }
    classes.stream()
        .filter(c -> c.count() == 0)
        .findFirst()
        .ifPresent(
            c -> {
              throw empty(folder, c);
            });
    List<Branch> deep = classes.stream().filter(ClassFolders::isDeep).toList();
    if (deep.isEmpty()) {
      return new ClassFolders(base, classes, false);
    }
    Optional<Branch> wrong =
        deep.size() < classes.size() ? Optional.of(deep.getFirst()) : tooDeep(deep);
    wrong.ifPresent(
        c -> {
          throw oneLevelTooDeep(folder, c);
        });
    return new ClassFolders(base, classes, true);
  }

  /** Whether most images of a class lie in folders inside it. */
  private static boolean isDeep(Branch c) {
    return c.count() > 2 * c.scans().size();
  }

  /** Of classes that all have folders inside: one whose folders are no patients. */
  private static Optional<Branch> tooDeep(List<Branch> classes) {
    Optional<Branch> itself =
        classes.stream()
            .filter(c -> c.folders().stream().anyMatch(f -> f.name().equalsIgnoreCase(c.name())))
            .findFirst();
    boolean alike =
        classes.stream().map(ClassFolders::names).distinct().count() == 1
            && classes.size() > 1
            && names(classes.getFirst()).stream().noneMatch(n -> n.matches(".*[0-9].*"));
    return itself.or(() -> alike ? Optional.of(classes.getFirst()) : Optional.empty());
  }

  private static List<String> names(Branch c) {
    return c.folders().stream().map(Branch::name).toList();
  }

  private static UserException empty(Path folder, Branch c) {
    return new UserException(
        Text.format(
            "the class folder %s holds no image%s; fill it, or take it away",
            folder.resolve(c.name()),
            c.others().isEmpty() ? "" : Text.format(" (%s)", c.others().getFirst())));
  }

  private static UserException oneLevelTooDeep(Path folder, Branch c) {
    Branch inner = c.folders().stream().filter(f -> f.count() > 0).findFirst().orElseThrow();
    return new UserException(
        Text.format(
            "the images of %s lie one folder too deep: %d in %s; move them up into %s",
            c.name(),
            inner.count(),
            folder.resolve(c.name()).resolve(inner.name()),
            folder.resolve(c.name())));
  }

  /** Names of the classes, sorted. */
  List<String> names() {
    return classes.stream().map(Branch::name).toList();
  }

  /** Whether a folder is a patient. */
  boolean ofPatients() {
    return ofPatients;
  }

  /** All files, said to be of this part. */
  List<File> files(String part) {
    List<File> files = new ArrayList<>();
    for (Branch c : classes) {
      if (ofPatients) {
        files.addAll(PatientFolders.files(c, part));
      } else {
        c.scans().forEach(f -> files.add(new File(f, c.name(), Names.facts(f), part)));
      }
    }
    return files;
  }

  /** What lies where no image is looked for. */
  List<LeftOut> leftOut() {
    List<LeftOut> leftOut = new ArrayList<>();
    base.scans().forEach(f -> leftOut.add(LeftOut.odd(f, "an image outside the class folders")));
    for (Branch c : classes) {
      c.others().forEach(f -> leftOut.add(LeftOut.odd(f, "not named like an image")));
      if (ofPatients) {
        c.scans()
            .forEach(f -> leftOut.add(LeftOut.odd(f, "an image outside the patients' folders")));
      } else {
        c.folders().forEach(f -> leftOut.add(inside(f)));
      }
    }
    return leftOut;
  }

  private static LeftOut inside(Branch folder) {
    return LeftOut.odd(
        folder.path(),
        Text.format("a folder inside a class folder is not entered (%d images)", folder.count()));
  }
}
