package io.octnet.report;

import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.octnet.UserException;
import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.MetricsJson;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.PredictionsCsv;
import io.octnet.runs.History;
import io.octnet.runs.Json;
import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * All that a finished run says of itself.
 *
 * @param notes what was said of the data before training: left-out files, leaks, unknown patients
 */
public record RunResult(
    RunFolder run,
    Map<String, String> config,
    Map<String, Object> environment,
    History history,
    MetricsJson.Recorded metrics,
    List<Prediction> predictions,
    List<String> notes) {

  /**
   * Reads a run whose metrics are written.
   *
   * @throws UserException when a file is missing or damaged
   */
  public static RunResult read(RunFolder run, List<String> notes) {
    return new RunResult(
        run,
        run.config(),
        environment(run),
        History.read(run.file(RunFolder.HISTORY)),
        MetricsJson.read(run.file(RunFolder.METRICS)),
        PredictionsCsv.read(run.file(RunFolder.PREDICTIONS)).rows(),
        List.copyOf(notes));
  }

  private static Map<String, Object> environment(RunFolder run) {
    try {
      String text = Files.readString(run.file(RunFolder.ENVIRONMENT));
      return Json.GSON.fromJson(text, new TypeToken<Map<String, Object>>() {}.getType());
    } catch (IOException | JsonParseException e) {
      throw new UserException(
          Text.format("%s cannot be read (%s)", run.file(RunFolder.ENVIRONMENT), e.getMessage()),
          e);
    }
  }

  /** Names of the classes, in the order of the outputs. */
  public List<String> classes() {
    return metrics.evaluation().classes();
  }

  /** The model's name. */
  public String model() {
    return metrics.subject().model();
  }

  /** Whether patients or pictures are on both sides of the split. */
  public boolean leaky() {
    return metrics.subject().leaky();
  }

  /** Whether the images were drawn, not taken of eyes. */
  public boolean phantoms() {
    return config.get("data") == null;
  }

  /** Whether some image's patient is unknown. */
  public boolean patientsUnknown() {
    return predictions.stream().anyMatch(p -> p.patient().isEmpty());
  }

  /** The predictions of a part of the data. */
  public List<Prediction> of(String part) {
    return predictions.stream().filter(p -> p.split().equals(part)).toList();
  }

  /**
   * The part that the run is judged by: test, or, where there is none, what comes nearest; null
   * where nothing was predicted.
   */
  public String judgedBy() {
    return List.of("test", "validation", "train").stream()
        .filter(metrics.evaluation().parts()::containsKey)
        .findFirst()
        .orElseThrow();
  }

  /** The scores that the run is judged by. */
  public Metrics judged() {
    return metrics.evaluation().parts().get(judgedBy());
  }
}
