package io.octnet.runs;

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
import java.util.NoSuchElementException;

/** How a training went: the rows of {@code history.csv}. */
public record History(List<Epoch> epochs) {
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param seconds that it took, validation included
   */
  public record Epoch(
      int epoch,
      double loss,
      double accuracy,
      double valLoss,
      double valAccuracy,
      double learningRate,
      double seconds,
      double imagesPerSecond) {}

  /**
   * Reads the file.
   *
   * @throws UserException when it cannot be read, or a row is wrong; names the line
   */
  public static History read(Path file) {
    List<Epoch> epochs = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        epochs.add(epoch(file, row));
      }
    } catch (CsvParseException | IllegalArgumentException | IOException | UncheckedIOException e) {
      throw new UserException(Text.format("cannot read %s (%s)", file, e.getMessage()), e);
    }
    return new History(epochs);
  }

  private static Epoch epoch(Path file, NamedCsvRecord row) {
    try {
      return new Epoch(
          Integer.parseInt(row.getField("epoch")),
          number(row, "loss"),
          number(row, "accuracy"),
          number(row, "val_loss"),
          number(row, "val_accuracy"),
          number(row, "learning_rate"),
          number(row, "seconds"),
          number(row, "images_per_second"));
    } catch (NumberFormatException | NoSuchElementException | IndexOutOfBoundsException e) {
      throw new UserException(
          Text.format("%s, line %d: %s", file, row.getStartingLineNumber(), e.getMessage()), e);
    }
  }

  private static double number(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  /** How long all epochs took together, as far as that is known. */
  public double seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).filter(Double::isFinite).sum();
  }
}
