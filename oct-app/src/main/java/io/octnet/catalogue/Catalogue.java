package io.octnet.catalogue;

import io.octnet.images.ScanRef;
import io.octnet.layouts.LeftOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The readable images of a data set, and what was left out of it.
 *
 * @param root the data folder, absolute
 * @param classes names, sorted
 * @param scans sorted by class, then by file
 * @param leftOut sorted by file
 */
public record Catalogue(
    Path root, List<String> classes, List<Scan> scans, List<LeftOut> leftOut, Origin origin) {
  public Catalogue {
    classes = List.copyOf(classes);
    scans = List.copyOf(scans);
    leftOut = List.copyOf(leftOut);
  }

  public int size() {
    return scans.size();
  }

  /** The name of a scan's class. */
  public String className(Scan scan) {
    return classes.get(scan.label());
  }

  /** Where each scan lies, by its name. */
  public Map<String, ScanRef> places() {
    Map<String, ScanRef> places = new HashMap<>();
    scans.forEach(scan -> places.put(scan.file(), scan.at()));
    return places;
  }

  /** Whether the data say of some scan of which eye or volume it is. */
  public boolean unitsKnown() {
    return scans.stream()
        .map(Scan::facts)
        .anyMatch(facts -> !facts.volume().isEmpty() || !facts.eye().isEmpty());
  }

  /** The class index of each scan. */
  public int[] labels() {
    return scans.stream().mapToInt(Scan::label).toArray();
  }

  /** The name of each scan. */
  public List<String> files() {
    return scans.stream().map(Scan::file).toList();
  }

  /** How many scans each class has. */
  public int[] countByClass() {
    int[] counts = new int[classes.size()];
    for (Scan scan : scans) {
      counts[scan.label()]++;
    }
    return counts;
  }

  /** How many different patients are known. */
  public int patients() {
    Set<String> patients = new HashSet<>();
    scans.stream().filter(Scan::hasPatient).forEach(scan -> patients.add(scan.patient()));
    return patients.size();
  }

  /** How many scans have no known patient. */
  public int scansWithoutPatient() {
    return (int) scans.stream().filter(scan -> !scan.hasPatient()).count();
  }

  /** Whether every scan's patient is known. */
  public boolean patientsKnown() {
    return scansWithoutPatient() == 0;
  }

  /** What the user should be told of the data, a line each: how they lie, what was noticed. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("layout: " + origin.layout());
    origin.notes().forEach(note -> lines.add("note: " + note));
    PatientProposal.of(this).ifPresent(proposal -> lines.add("patients unknown: " + proposal));
    return lines;
  }

  /** How many of the files left out are damaged images. */
  public int damaged() {
    return (int) leftOut.stream().filter(l -> l.kind() == LeftOut.Kind.DAMAGED).count();
  }

  /** The same folder with these scans only. */
  public Catalogue withScans(List<Scan> others) {
    return new Catalogue(root, classes, others, leftOut, origin);
  }
}
