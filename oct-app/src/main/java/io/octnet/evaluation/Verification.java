package io.octnet.evaluation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.octnet.UserException;
import io.octnet.catalogue.ScanLocator;
import io.octnet.images.ScanRef;
import io.octnet.runs.Checksums;
import io.octnet.runs.RunFolder;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a run is still what it was when it ended.
 *
 * @param differences a line each; none when all is well
 * @param notes what could not be checked, and why
 */
public record Verification(List<String> differences, List<String> notes) {
  private static final double TOLERANCE = 1e-9; // logarithms may differ in the last bit by machine

  /** Checks the files, the split against the data, the metrics against the predictions. */
  public static Verification of(RunFolder run) {
    Verification found = new Verification(new ArrayList<>(), new ArrayList<>());
    found.differences.addAll(Checksums.differences(run));
    try {
      List<SplitCsv.Row> split = SplitCsv.rows(run.file(RunFolder.SPLIT));
      found.data(run.config().get("data"), split);
      PredictionsCsv predictions = PredictionsCsv.read(run.file(RunFolder.PREDICTIONS));
      found.rows(split, predictions);
      found.metrics(run, predictions);
    } catch (UserException e) {
      found.differences.add(e.getMessage());
    }
    return found;
  }

  private void data(String data, List<SplitCsv.Row> split) {
    if (data == null || data.isEmpty() || !Files.exists(Path.of(data))) {
      notes.add(
          data == null || data.isEmpty()
              ? "the split was not compared with the data: they were drawn phantoms"
              : "the split was not compared with the data: no folder " + data);
      return;
    }
    ScanLocator locator = new ScanLocator(Path.of(data));
    for (SplitCsv.Row row : split) {
      Optional<ScanRef> scan = locator.find(row.file(), row.sha256());
      if (scan.isEmpty()) {
        differences.add("data: " + row.file() + " is missing");
        continue;
      }
      Optional<String> hash = locator.sha256(scan.get().file());
      if (hash.isEmpty()) {
        differences.add("data: " + row.file() + " cannot be read");
      } else if (!hash.get().equals(row.sha256())) {
        differences.add("data: " + row.file() + " is another file than was trained on");
      }
    }
  }

  private void rows(List<SplitCsv.Row> split, PredictionsCsv predictions) {
    Map<String, SplitCsv.Row> byFile = new HashMap<>();
    split.forEach(row -> byFile.put(row.file(), row));
    for (Prediction p : predictions.rows()) {
      SplitCsv.Row row = byFile.remove(p.file());
      boolean same =
          row != null
              && row.patient().equals(p.patient())
              && row.part().csvName().equals(p.split())
              && row.className().equals(predictions.classes().get(p.label()));
      if (!same) {
        differences.add("predictions.csv and split.csv differ in " + p.file());
      }
    }
    byFile.keySet().stream()
        .sorted()
        .forEach(file -> differences.add("predictions.csv has no row of " + file));
  }

  private void metrics(RunFolder run, PredictionsCsv predictions) {
    try {
      String text = Files.readString(run.file(RunFolder.METRICS));
      JsonObject recorded = JsonParser.parseString(text).getAsJsonObject();
      long seed = Long.parseLong(run.config().get("seed"));
      JsonObject now = new JsonObject();
      MetricsJson.add(now, Evaluation.of(predictions.rows(), predictions.classes(), seed));
      compare("", recorded, now);
    } catch (IOException
        | JsonParseException
        | IllegalArgumentException
        | IllegalStateException e) {
      differences.add("metrics.json cannot be compared: " + e.getMessage());
    }
  }

  /** Compares what can be recomputed; the recorded object may say more. */
  private void compare(String name, JsonElement recorded, JsonElement now) {
    if (now.isJsonObject() && recorded != null && recorded.isJsonObject()) {
      now.getAsJsonObject()
          .entrySet()
          .forEach(
              e ->
                  compare(
                      name.isEmpty() ? e.getKey() : name + "." + e.getKey(),
                      recorded.getAsJsonObject().get(e.getKey()),
                      e.getValue()));
    } else if (now.isJsonArray()
        && recorded != null
        && recorded.isJsonArray()
        && recorded.getAsJsonArray().size() == now.getAsJsonArray().size()) {
      for (int i = 0; i < now.getAsJsonArray().size(); i++) {
        compare(
            name + "[" + i + "]", recorded.getAsJsonArray().get(i), now.getAsJsonArray().get(i));
      }
    } else if (!equal(recorded, now)) {
      differences.add(
          Text.format("metrics.json says %s = %s, predictions.csv gives %s", name, recorded, now));
    }
  }

  private static boolean equal(JsonElement a, JsonElement b) {
    if (isNumber(a) && isNumber(b)) {
      double x = a.getAsDouble();
      double y = b.getAsDouble();
      return Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(y));
    }
    return b.equals(a);
  }

  private static boolean isNumber(JsonElement e) {
    return e != null && e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber();
  }
}
