package io.octnet.layouts;

import io.octnet.UserException;
import io.octnet.images.Npz;
import io.octnet.layouts.ScanTree.Branch;
import io.octnet.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Recognises how a data set lies: a folder a class, the same inside folders of train, validation
 * and test, a folder a patient inside each class, or a table beside the files. Folders with nothing
 * but one folder in them are looked through.
 */
public final class Layouts {
  static final String EXPECTED = "expected a folder with one sub-folder of images a class";

  static final Map<String, String> PARTS =
      Map.of(
          "train", "train",
          "training", "train",
          "val", "validation",
          "valid", "validation",
          "validation", "validation",
          "test", "test",
          "testing", "test");

  private Layouts() {}

  /**
   * Lists a data set.
   *
   * @param data its folder
   * @param labels a table of classes; null where the folders say them
   * @throws UserException when it cannot be read, is of no known layout, or would be read by half
   */
  public static Listing read(Path data, Path labels) {
    if (Files.isRegularFile(data) && Npz.isArchiveName(data)) {
      return MedMnist.list(data);
    }
    checkFolder(data);
    ScanTree tree = ScanTree.of(data);
    if (labels != null) {
      return LabelTable.list(tree, labels);
    }
    Branch base = unwrapped(tree.trunk());
    List<Branch> parts = base.folders().stream().filter(f -> part(f).isPresent()).toList();
    return parts.size() < 2 ? plain(data, tree, base) : inParts(data, tree, base, parts);
  }

  private static void checkFolder(Path folder) {
    if (!Files.exists(folder)) {
      throw new UserException("no folder " + folder + "; " + EXPECTED + "; check --data");
    }
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " is a file; " + EXPECTED + "; check --data");
    }
  }

  /** Train, validation or test, where a folder is named like one of them. */
  static Optional<String> part(Branch folder) {
    return Optional.ofNullable(PARTS.get(folder.name().strip().toLowerCase(Locale.ROOT)));
  }

  /** Looks through folders that hold one folder of folders and nothing else. */
  private static Branch unwrapped(Branch folder) {
    List<Branch> inside = folder.folders().stream().filter(f -> f.count() > 0).toList();
    boolean wraps =
        folder.scans().isEmpty()
            && inside.size() == 1
            && inside.getFirst().scans().isEmpty()
            && !PatientFolders.isClass(inside.getFirst());
    return wraps ? unwrapped(inside.getFirst()) : folder;
  }

  private static Listing plain(Path data, ScanTree tree, Branch base) {
    ClassFolders folders = ClassFolders.of(data, base);
    String what =
        folders.ofPatients() ? "a folder a patient inside each class" : "a folder a class";
    return listing(tree, what + in(base), folders.names(), folders.files(""), folders.leftOut());
  }

  private static Listing inParts(Path data, ScanTree tree, Branch base, List<Branch> parts) {
    List<Branch> others =
        base.folders().stream().filter(f -> part(f).isEmpty() && f.count() > 0).toList();
    if (!others.isEmpty()) {
      throw new UserException(
          Text.format(
              "%s has %s beside %s with %d images; expected parts alone, or classes alone: move it away",
              data.resolve(base.path()),
              names(parts),
              others.getFirst().name(),
              others.getFirst().count()));
    }
    TreeSet<String> classes = new TreeSet<>();
    List<ClassFolders.File> files = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    TreeMap<String, List<String>> lacking = new TreeMap<>();
    for (Branch part : parts) {
      ClassFolders folders = ClassFolders.of(data, part);
      classes.addAll(folders.names());
      files.addAll(folders.files(part(part).orElseThrow()));
      leftOut.addAll(folders.leftOut());
      lacking.put(part.name(), folders.names());
    }
    base.scans().forEach(file -> leftOut.add(LeftOut.odd(file, "an image outside the parts")));
    for (Map.Entry<String, List<String>> part : lacking.entrySet()) {
      List<String> missing =
          classes.stream().filter(name -> !part.getValue().contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new UserException(
            Text.format(
                "%s has no folder %s, which other parts have; expected the same classes in %s",
                data.resolve(base.path()).resolve(part.getKey()),
                String.join(", ", missing),
                names(parts)));
      }
    }
    String what = "parts " + names(parts) + ", a folder a class in each" + in(base);
    return listing(tree, what, List.copyOf(classes), files, leftOut);
  }

  private static String names(List<Branch> folders) {
    return String.join(", ", folders.stream().map(Branch::name).toList());
  }

  private static String in(Branch base) {
    return base.path().isEmpty() ? "" : ", in " + base.path();
  }

  /** Files with class names become items with labels, in the order of class and file. */
  static Listing listing(
      ScanTree tree,
      String layout,
      List<String> classes,
      List<ClassFolders.File> files,
      List<LeftOut> leftOut) {
    List<Item> items =
        files.stream()
            .map(f -> new Item(f.path(), 0, classes.indexOf(f.className()), f.facts(), f.part()))
            .sorted(Comparator.comparingInt(Item::label).thenComparing(Item::file))
            .toList();
    List<LeftOut> all = new ArrayList<>(leftOut);
    all.addAll(tree.leftOut());
    all.sort(null);
    return new Listing(tree.root(), layout, classes, items, all, tree.notes(), "");
  }
}
