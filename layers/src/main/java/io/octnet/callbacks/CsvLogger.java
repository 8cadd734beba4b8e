package io.octnet.callbacks;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.models.Trainer;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line a finished epoch: epoch (from 1), loss, accuracy, val_loss, val_accuracy, learning_rate,
 * seconds, images_per_second. The file is whole at any time. What the lines say, times apart, is
 * part of the state of a training: a resumed one writes them again, with the times that the file
 * still has.
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

  /** The last columns tell of time, which is another one whenever an epoch is run again. */
  private static final int TIMELESS = 6;

  private final Path file;
  private final List<List<String>> lines = new ArrayList<>();

  /** Into this file. */
  public CsvLogger(Path file) {
    this.file = file;
  }

  @Override
  public void onTrainBegin(Trainer trainer) {
    if (trainer.epoch() == 0) {
      lines.clear();
    } else if (!lines.isEmpty()) {
      Map<List<String>, List<String>> times = times();
      lines.replaceAll(
          line -> {
            List<String> timeless = line.subList(0, TIMELESS);
            return join(timeless, times.getOrDefault(timeless, List.of("", "")));
          });
      write();
    }
  }

  /** The times in the file by the rest of their line; none where it is missing or damaged. */
  private Map<List<String>, List<String>> times() {
    Map<List<String>, List<String>> times = new HashMap<>();
    if (Files.isRegularFile(file)) {
      try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
        reader.stream()
            .map(CsvRecord::getFields)
            .filter(line -> line.size() == HEADER.size())
            .forEach(
                line ->
                    times.put(line.subList(0, TIMELESS), line.subList(TIMELESS, HEADER.size())));
      } catch (IOException | UncheckedIOException | CsvParseException e) {
        return Map.of();
      }
    }
    return times;
  }

  private static List<String> join(List<String> timeless, List<String> times) {
    return Stream.concat(timeless.stream(), times.stream()).toList();
  }

  @Override
  public Map<String, String> state() {
    return Map.of(
        "lines",
        lines.stream()
            .map(line -> String.join(",", line.subList(0, TIMELESS)))
            .collect(Collectors.joining("\n")));
  }

  @Override
  public void restore(Map<String, String> state) {
    lines.clear();
    for (String line : SavedState.text(state, "lines").lines().toList()) {
      List<String> timeless = List.of(line.split(",", -1));
      if (timeless.size() != TIMELESS) {
        throw new IllegalArgumentException("'" + line + "' is no line of a history");
      }
      lines.add(join(timeless, List.of("", "")));
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
            Text.format("%.3f", report.seconds()),
            Text.format("%.2f", report.imagesPerSecond())));
    write();
  }

  private void write() {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (CsvWriter writer =
          CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(temporary)) {
        writer.writeRecord(HEADER);
        lines.forEach(writer::writeRecord);
      }
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException again) {
        cause.addSuppressed(again);
      }
      throw new UncheckedIOException("cannot write " + file, cause);
    }
  }
}
