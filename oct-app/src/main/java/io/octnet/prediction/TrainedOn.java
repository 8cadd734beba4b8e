package io.octnet.prediction;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.split.Part;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of other data a run has seen before: its scores would flatter. Validation counts, too: the
 * best weights, the temperature and the threshold were chosen on it.
 *
 * @param patients known patients of the data that the run was trained on
 * @param files files of the data that it was trained on, by their SHA-256
 */
public record TrainedOn(List<String> patients, List<String> files) {

  /** Compares a run's split with other data. */
  static TrainedOn of(List<SplitCsv.Row> split, Catalogue data) {
    Set<String> patients = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (SplitCsv.Row row : split) {
      if (row.part() != Part.TEST) {
        patients.add(row.patient());
        hashes.add(row.sha256());
      }
    }
    patients.remove("");
    hashes.remove("");
    Set<String> seen = new TreeSet<>();
    data.scans().stream().map(Scan::patient).filter(patients::contains).forEach(seen::add);
    List<String> files =
        data.scans().stream().filter(s -> hashes.contains(s.sha256())).map(Scan::file).toList();
    return new TrainedOn(List.copyOf(seen), files);
  }

  /** Whether there is any. */
  public boolean any() {
    return !patients.isEmpty() || !files.isEmpty();
  }

  /** In one line. */
  @Override
  public String toString() {
    String example = files.isEmpty() ? "patient " + patients.getFirst() : files.getFirst();
    return Text.format(
        "%d patients and %d files of the data were trained on, e.g. %s",
        patients.size(), files.size(), example);
  }
}
