package io.octnet.split;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A split as a file: {@code file,sha256,patient,class,split}, one row a scan; {@code eye,volume}
 * behind them where some are known.
 */
public final class SplitCsv {
  private static final List<String> COLUMNS =
      List.of("file", "sha256", "patient", "class", "split");

  private SplitCsv() {}

  /**
   * One row.
   *
   * @param sha256 may be empty in a file written by hand
   * @param patient may be empty
   */
  public record Row(
      String file,
      String sha256,
      String patient,
      String eye,
      String volume,
      String className,
      Part part) {}

  /** The text of the file. */
  public static String text(Split split) {
    StringWriter out = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
      Catalogue catalogue = split.catalogue();
      boolean units = catalogue.unitsKnown();
      List<String> header = new ArrayList<>(COLUMNS);
      header.addAll(units ? List.of("eye", "volume") : List.of());
      csv.writeRecord(header);
      for (int i = 0; i < catalogue.size(); i++) {
        Scan scan = catalogue.scans().get(i);
        List<String> row = new ArrayList<>();
        row.add(scan.file());
        row.add(scan.sha256());
        row.add(scan.patient());
        row.add(catalogue.className(scan));
        row.add(split.parts().get(i).csvName());
        row.addAll(units ? List.of(scan.facts().eye(), scan.facts().volume()) : List.of());
        csv.writeRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Writes the file under a temporary name, then renames it. */
  public static void write(Split split, Path target) throws IOException {
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    Files.writeString(temporary, text(split));
    Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a file by itself.
   *
   * @throws UserException when it cannot be read or a row is wrong; names the row
   */
  public static List<Row> rows(Path file) {
    List<Row> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord csvRow : csv) {
        if (rows.isEmpty() && !csvRow.getHeader().containsAll(COLUMNS)) {
          throw new UserException(
              Text.format(
                  "%s has the columns %s; expected %s",
                  file, csvRow.getHeader(), String.join(",", COLUMNS)));
        }
        rows.add(row(file, csvRow));
      }
    } catch (CsvParseException | IllegalArgumentException e) {
      throw new UserException(
          file
              + " is no CSV file that can be read ("
              + firstLine(e)
              + "); expected the columns "
              + String.join(",", COLUMNS),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          "cannot read the split file " + file + " (" + firstLine(e) + "); check --split-file", e);
    }
    if (rows.isEmpty()) {
      throw new UserException(
          file + " has no rows; expected the columns " + String.join(",", COLUMNS));
    }
    return rows;
  }

  /**
   * Refuses a split that nothing can be trained with.
   *
   * @throws UserException when there are no rows of train or of validation
   */
  public static void requireParts(List<Row> rows, Path file) {
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
      if (rows.stream().noneMatch(row -> row.part() == part)) {
        throw new UserException(
            Text.format(
                "%s has no rows of %s; expected some of train, by which it learns, and of validation, by which the best weights are chosen",
                file, part.csvName()));
      }
    }
  }

  private static Row row(Path file, NamedCsvRecord csvRow) {
    if (csvRow.getFieldCount() != csvRow.getHeader().size()) {
      throw new UserException(
          Text.format(
              "%s, line %d: expected %d fields, received %d",
              file,
              csvRow.getStartingLineNumber(),
              csvRow.getHeader().size(),
              csvRow.getFieldCount()));
    }
    String split = csvRow.getField("split");
    Part part =
        Part.of(split)
            .orElseThrow(
                () ->
                    new UserException(
                        Text.format(
                            "%s, line %d: split is '%s'; expected train, validation or test",
                            file, csvRow.getStartingLineNumber(), split)));
    return new Row(
        csvRow.getField("file"),
        csvRow.getField("sha256"),
        csvRow.getField("patient"),
        csvRow.findField("eye").orElse(""),
        csvRow.findField("volume").orElse(""),
        csvRow.getField("class"),
        part);
  }

  private static String firstLine(Exception e) {
    String message =
        e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
    return e.getClass().getSimpleName() + message;
  }

  /**
   * Reads a file and lays it over a catalogue. Scans without a row are left out of the result, and
   * a note counts them; a patient named only in the file is taken from it.
   *
   * @throws UserException when a row names a file that is not in the catalogue, occurs twice, or
   *     differs from it in hash, patient or class
   */
  public static Split read(Path file, Catalogue catalogue) {
    Map<String, Row> byFile = new LinkedHashMap<>();
    for (Row row : rows(file)) {
      if (byFile.put(row.file(), row) != null) {
        throw new UserException(file + " lists " + row.file() + " twice; expected one row a file");
      }
    }
    List<Scan> scans = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (Scan scan : catalogue.scans()) {
      Row row = byFile.remove(scan.file());
      if (row != null) {
        check(file, catalogue.className(scan), scan, row);
        scans.add(scan.hasPatient() ? scan : scan.withPatient(row.patient()));
        parts.add(row.part());
      }
    }
    if (!byFile.isEmpty()) {
      throw new UserException(
          Text.format(
              "%s lists %d files that are not readable images of %s, %s among them; expected the data it was made of",
              file, byFile.size(), catalogue.root(), byFile.keySet().iterator().next()));
    }
    int unused = catalogue.size() - scans.size();
    List<String> notes =
        unused == 0
            ? List.of()
            : List.of(Text.format("%d images are not in %s and are not used", unused, file));
    return new Split(catalogue.withScans(scans), parts, Split.Rule.FILE, notes);
  }

  private static void check(Path file, String className, Scan scan, Row row) {
    checkEqual(file, row, "class", row.className(), className);
    if (!row.sha256().isEmpty()) {
      checkEqual(file, row, "sha256", row.sha256(), scan.sha256());
    }
    if (scan.hasPatient() && !row.patient().isEmpty()) {
      checkEqual(file, row, "patient", row.patient(), scan.patient());
    }
  }

  private static void checkEqual(
      Path file, Row row, String column, String received, String expected) {
    if (!received.equals(expected)) {
      throw new UserException(
          Text.format(
              "%s: %s of %s is '%s' there and '%s' in the data; the split belongs to other data",
              file, column, row.file(), received, expected));
    }
  }
}
