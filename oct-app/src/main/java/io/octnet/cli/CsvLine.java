package io.octnet.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A row of CSV for a terminal. */
final class CsvLine {
  private CsvLine() {}

  /**
   * The row without its line end; null is an empty cell, and whatever is not seen is written out.
   */
  static String of(List<?> cells) {
    StringWriter out = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
      csv.writeRecord(
          cells.stream().map(cell -> cell == null ? "" : Text.visible(cell.toString())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString().stripTrailing();
  }
}
