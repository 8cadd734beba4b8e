package io.octnet.layouts;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.octnet.UserException;
import io.octnet.images.ScanFacts;
import io.octnet.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * A table that names the class of each file, and patient, eye, volume and part where it has such
 * columns. Columns are told by their names, in any order; others are ignored. A file is named by
 * its path below the data folder, or by its bare name, with or without the ending.
 */
final class LabelTable {
  /** Names of columns, the first that is there counts. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put(
        "file",
        List.of(
            "file",
            "filename",
            "filepath",
            "path",
            "image",
            "imagename",
            "imagepath",
            "imageid",
            "img"));
    COLUMNS.put(
        "class", List.of("class", "classname", "label", "disease", "diagnosis", "category"));
    COLUMNS.put("patient", List.of("patient", "patientid", "subject", "subjectid"));
    COLUMNS.put("eye", List.of("eye", "laterality", "side"));
    COLUMNS.put("volume", List.of("volume", "volumeid", "series", "scanid"));
    COLUMNS.put("part", List.of("split", "part", "subset", "set"));
  }

  private static final String EXPECTED =
      "expected a header with a column file and a column class, and perhaps patient, eye, volume, split";
  private static final int LONGEST_HEADER = 1 << 16;

  private final ScanTree tree;
  private final Path table;
  private final Map<String, List<String>> byName = new HashMap<>();
  private final Map<String, Long> lineOf = new HashMap<>();
  private final List<ClassFolders.File> files = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private Map<String, String> columns;

  private LabelTable(ScanTree tree, Path table) {
    this.tree = tree;
    this.table = table;
    for (String path : tree.trunk().scansBelow()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      byName.computeIfAbsent(name, n -> new ArrayList<>()).add(path);
      if (dot > 0) {
        byName.computeIfAbsent(name.substring(0, dot), n -> new ArrayList<>()).add(path);
      }
      byName.putIfAbsent(path, List.of(path));
    }
  }

  /** Lists the files that a table names. */
  static Listing list(ScanTree tree, Path table) {
    LabelTable labels = new LabelTable(tree, table);
    labels.read();
    TreeSet<String> classes = new TreeSet<>();
    labels.files.forEach(f -> classes.add(f.className()));
    Listing listing =
        Layouts.listing(tree, labels.layout(), List.copyOf(classes), labels.files, labels.leftOut);
    return labels.withUnnamed(listing);
  }

  private String layout() {
    List<String> used = new ArrayList<>();
    columns.forEach(
        (what, column) -> used.add(what.equals(column) ? what : what + " from " + column));
    return Text.format("a table, %s: %s", table.getFileName(), String.join(", ", used));
  }

  private Listing withUnnamed(Listing listing) {
    int unnamed = tree.trunk().count() - files.size();
    if (unnamed == 0) {
      return listing;
    }
    List<String> notes = new ArrayList<>(listing.notes());
    String example =
        tree.trunk().scansBelow().stream()
            .filter(f -> !lineOf.containsKey(f))
            .findFirst()
            .orElseThrow();
    notes.add(
        Text.format(
            "%d images are not in %s and are not used, e.g. %s",
            unnamed, table.getFileName(), example));
    return new Listing(
        listing.root(),
        listing.layout(),
        listing.classes(),
        listing.items(),
        listing.leftOut(),
        notes,
        "");
  }

  private void read() {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator())
            .detectBomHeader(true)
            .ofNamedCsvRecord(table)) {
      for (NamedCsvRecord row : csv) {
        if (columns == null) {
          columns = columns(row.getHeader());
        }
        add(row);
      }
    } catch (CsvParseException | IllegalArgumentException e) {
      throw new UserException(
          table + " is no CSV file that can be read (" + e.getMessage() + "); " + EXPECTED, e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          Text.format("cannot read %s (%s); check --labels", table, e.getClass().getSimpleName()),
          e);
    }
    if (files.isEmpty()) {
      throw new UserException(
          leftOut.isEmpty()
              ? table + " has no rows; " + EXPECTED
              : Text.format(
                  "none of the %d files of %s lies in %s, e.g. %s; check --data",
                  leftOut.size(), table, tree.root(), leftOut.getFirst().file()));
    }
  }

  /** Comma, semicolon or tab: what the header has most of. */
  private char separator() throws IOException {
    char[] head = new char[LONGEST_HEADER];
    int length;
    try (BufferedReader reader = Files.newBufferedReader(table)) {
      length = Math.max(0, reader.read(head));
    }
    String header = new String(head, 0, length).lines().findFirst().orElse("");
    char best = ',';
    for (char c : new char[] {';', '\t'}) {
      best = count(header, c) > count(header, best) ? c : best;
    }
    return best;
  }

  private static long count(String text, char c) {
    return text.chars().filter(other -> other == c).count();
  }

  private Map<String, String> columns(List<String> header) {
    Map<String, String> plain = new HashMap<>();
    header.forEach(
        name -> plain.putIfAbsent(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""), name));
    Map<String, String> found = new LinkedHashMap<>();
    COLUMNS.forEach(
        (what, names) ->
            names.stream()
                .filter(plain::containsKey)
                .findFirst()
                .ifPresent(name -> found.put(what, plain.get(name))));
    if (!found.containsKey("file") || !found.containsKey("class")) {
      throw new UserException(
          Text.format("%s has the columns %s; %s", table, String.join(", ", header), EXPECTED));
    }
    return found;
  }

  private void add(NamedCsvRecord row) {
    String name = field(row, "file").replace('\\', '/').replaceFirst("^(?:\\./)+", "");
    String className = field(row, "class");
    long line = row.getStartingLineNumber();
    if (name.isEmpty() || className.isEmpty()) {
      throw new UserException(
          Text.format("%s, line %d: no %s", table, line, name.isEmpty() ? "file" : "class"));
    }
    List<String> paths = byName.getOrDefault(name, List.of());
    if (paths.isEmpty()) {
      leftOut.add(
          LeftOut.odd(
              name, Text.format("named in %s, line %d, and not there", table.getFileName(), line)));
      return;
    }
    if (paths.size() > 1) {
      throw new UserException(
          Text.format(
              "%s, line %d: %s may be %s or %s; name it by its path below %s",
              table, line, name, paths.get(0), paths.get(1), tree.root()));
    }
    Long before = lineOf.put(paths.getFirst(), line);
    if (before != null) {
      throw new UserException(
          Text.format(
              "%s names %s twice, in lines %d and %d; expected one row a file",
              table, name, before, line));
    }
    String eye = Names.eye(field(row, "eye"));
    ScanFacts facts = new ScanFacts(field(row, "patient"), eye, field(row, "volume"));
    files.add(new ClassFolders.File(paths.getFirst(), className, facts, part(row, line)));
  }

  private String part(NamedCsvRecord row, long line) {
    String said = field(row, "part").toLowerCase(Locale.ROOT);
    if (said.isEmpty()) {
      return "";
    }
    String part = Layouts.PARTS.get(said);
    if (part == null) {
      throw new UserException(
          Text.format(
              "%s, line %d: %s is '%s'; expected train, validation or test",
              table, line, columns.get("part"), said));
    }
    return part;
  }

  private String field(NamedCsvRecord row, String what) {
    String column = columns.get(what);
    return column == null ? "" : row.findField(column).orElse("").strip();
  }
}
