package io.octnet.evaluation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.octnet.UserException;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The predictions of a run: {@code file,patient,split,class,predicted,p_<CLASS>...}, one row an
 * image; {@code eye,volume} behind the patient where some are known.
 */
public record PredictionsCsv(List<String> classes, List<Prediction> rows) {
  private static final List<String> FIRST =
      List.of("file", "patient", "split", "class", "predicted");
  private static final List<String> UNITS =
      List.of("file", "patient", "eye", "volume", "split", "class", "predicted");

  /**
   * Reads the file.
   *
   * @throws UserException when it cannot be read, or a row is wrong; names the line
   */
  public static PredictionsCsv read(Path file) {
    List<String> classes = new ArrayList<>();
    List<Prediction> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        if (rows.isEmpty()) {
          classes.addAll(classes(file, row.getHeader()));
        }
        rows.add(prediction(file, row, classes));
      }
    } catch (CsvParseException | IOException | UncheckedIOException e) {
      throw new UserException(Text.format("cannot read %s (%s)", file, e.getMessage()), e);
    }
    if (rows.isEmpty()) {
      throw new UserException(file + " has no rows; expected a row an image");
    }
    return new PredictionsCsv(List.copyOf(classes), List.copyOf(rows));
  }

  private static List<String> classes(Path file, List<String> header) {
    int first = firstProbability(header);
    boolean known =
        header.size() > first
            && (header.subList(0, first).equals(FIRST) || header.subList(0, first).equals(UNITS))
            && header.stream().skip(first).allMatch(name -> name.startsWith("p_"));
    if (!known) {
      throw new UserException(
          Text.format(
              "%s has the columns %s; expected %s and p_<CLASS> of each class",
              file, header, String.join(",", FIRST)));
    }
    return header.stream().skip(first).map(name -> name.substring(2)).toList();
  }

  private static int firstProbability(List<String> header) {
    return header.contains("volume") ? UNITS.size() : FIRST.size();
  }

  private static Prediction prediction(Path file, NamedCsvRecord row, List<String> classes) {
    try {
      double[] p = new double[classes.size()];
      int first = firstProbability(row.getHeader());
      for (int c = 0; c < p.length; c++) {
        p[c] = Float.parseFloat(row.getField(first + c)); // written from floats
      }
      Prediction prediction =
          new Prediction(
              row.getField("file"),
              row.getField("patient"),
              row.findField("eye").orElse(""),
              row.findField("volume").orElse(""),
              row.getField("split"),
              classes.indexOf(row.getField("class")),
              p,
              Double.NaN);
      String predicted = classes.get(prediction.predicted());
      if (!predicted.equals(row.getField("predicted"))) {
        throw new IllegalArgumentException(
            Text.format(
                "predicted is '%s', the likeliest class is %s",
                row.getField("predicted"), predicted));
      }
      return prediction;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserException(
          Text.format("%s, line %d: %s", file, row.getStartingLineNumber(), e.getMessage()), e);
    }
  }
}
