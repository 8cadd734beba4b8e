package io.octnet.layouts;

import io.octnet.images.ScanFacts;
import io.octnet.layouts.ScanTree.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder a patient inside a class: {@code AMD/AMD1/001.tif}. The folder is the patient, also
 * where another class has one of the same name. A folder of files with bare numbers for names is a
 * volume.
 */
final class PatientFolders {
  private PatientFolders() {}

  /** Whether the folders in one folder are its patients by their names: AMD1, AMD2 in AMD. */
  static boolean isClass(Branch folder) {
    String name = folder.name().toLowerCase(Locale.ROOT);
    Set<String> stems =
        folder.folders().stream()
            .map(f -> f.name().toLowerCase(Locale.ROOT).replaceAll("[-_ ]*[0-9]+$", ""))
            .collect(Collectors.toSet());
    return stems.equals(Set.of(name));
  }

  /** All files below the patients of a class. */
  static List<ClassFolders.File> files(Branch c, String part) {
    List<ClassFolders.File> files = new ArrayList<>();
    for (Branch patient : c.folders()) {
      add(files, c.name(), patient, patient.name(), part);
    }
    return files;
  }

  private static void add(
      List<ClassFolders.File> files, String className, Branch folder, String patient, String part) {
    String volume = isVolume(folder) ? folder.path() : "";
    for (String file : folder.scans()) {
      ScanFacts facts = new ScanFacts(patient, Names.facts(file).eye(), volume);
      files.add(new ClassFolders.File(file, className, facts, part));
    }
    folder.folders().forEach(inner -> add(files, className, inner, patient, part));
  }

  private static boolean isVolume(Branch folder) {
    return folder.scans().size() > 1
        && folder.scans().stream().allMatch(f -> f.matches("(?:.*/)?[0-9]+\\.[^./]+"));
  }
}
