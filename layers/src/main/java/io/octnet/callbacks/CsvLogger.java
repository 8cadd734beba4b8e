package io.octnet.callbacks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.models.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line a finished epoch: epoch (from 1), loss, accuracy, val_loss, val_accuracy, learning_rate,
 * seconds, images_per_second. The file is whole at any time; a resumed training keeps the lines of
 * the epochs before it.
 */
public final class CsvLogger implements Callback {
  private static final List<String> HEADER =
      List.of(
          "epoch",
          "loss",
          "accuracy",
          "val_loss",
          "val_accuracy",
          "learning_rate",
          "seconds",
          "images_per_second");

  private final Path file;
  private final List<List<String>> lines = new ArrayList<>();

  /** Into this file. */
  public CsvLogger(Path file) {
    this.file = file;
  }

  @Override
  public void onTrainBegin(Trainer trainer) {
    lines.clear();
    if (trainer.epoch() > 0 && Files.exists(file)) {
      readLinesBefore(trainer.epoch());
    }
  }

  private void readLinesBefore(int epoch) {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      reader.stream()
          .skip(1)
          .filter(line -> Integer.parseInt(line.getField(0)) <= epoch)
          .forEach(line -> lines.add(line.getFields()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    Evaluation validation = report.validation();
    lines.add(
        List.of(
            Integer.toString(report.epoch() + 1),
            Double.toString(report.training().loss()),
            Double.toString(report.training().accuracy()),
            validation == null ? "" : Double.toString(validation.loss()),
            validation == null ? "" : Double.toString(validation.accuracy()),
            Float.toString(report.learningRate()),
            String.format(Locale.ROOT, "%.3f", report.seconds()),
            String.format(Locale.ROOT, "%.2f", report.imagesPerSecond())));
    write();
  }

  private void write() {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (CsvWriter writer =
          CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(temporary)) {
        writer.writeRecord(HEADER);
        lines.forEach(writer::writeRecord);
      }
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
