package io.octnet.evaluation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.octnet.UserException;
import io.octnet.runs.Json;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The form of {@code metrics.json}. Undefined scores are null. */
public final class MetricsJson {
  /** Begins the keys of the scores by volume and by eye; {@code images} counts those there. */
  private static final String BY = "by_";

  private MetricsJson() {}

  /**
   * What the scores are of.
   *
   * @param split rule of the split: patient, image or file
   * @param leaky whether patients or pictures are on both sides of the split
   */
  public record Subject(
      String model, long parameters, long trainableParameters, String split, boolean leaky) {}

  /** The text of the file. */
  public static String text(Subject subject, Evaluation evaluation) {
    JsonObject json = Json.GSON.toJsonTree(subject).getAsJsonObject();
    add(json, evaluation);
    return Json.GSON.toJson(json) + "\n";
  }

  /** What a file says. */
  public record Recorded(Subject subject, Evaluation evaluation) {}

  /**
   * Reads the file of a run.
   *
   * @throws UserException when there is none, or it is damaged
   */
  public static Recorded read(Path file) {
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      Subject subject = Json.GSON.fromJson(json, Subject.class);
      List<String> classes = new ArrayList<>();
      json.getAsJsonArray("classes").forEach(name -> classes.add(name.getAsString()));
      Map<String, Metrics> parts = new LinkedHashMap<>();
      for (String part : Evaluation.PARTS) {
        if (json.has(part)) {
          parts.put(part, complete(Json.GSON.fromJson(json.get(part), Metrics.class)));
        }
      }
      return new Recorded(
          new Subject(
              Objects.requireNonNull(subject.model),
              subject.parameters,
              subject.trainableParameters,
              Objects.requireNonNull(subject.split),
              subject.leaky),
          new Evaluation(classes, parts, units(json)));
    } catch (NoSuchFileException e) {
      throw new UserException(
          file + " is missing: the run has not ended; go on with it: train --resume", e);
    } catch (IOException
        | JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException
        | StackOverflowError e) {
      throw new UserException(
          Text.format(
              "%s is damaged (%s); verify says what else is", file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static Map<String, Map<String, Metrics>> units(JsonObject json) {
    Map<String, Map<String, Metrics>> units = new LinkedHashMap<>();
    for (Unit.Kind kind : Unit.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (json.has(BY + name)) {
        Map<String, Metrics> parts = new LinkedHashMap<>();
        json.getAsJsonObject(BY + name)
            .asMap()
            .forEach(
                (part, metrics) ->
                    parts.put(part, complete(Json.GSON.fromJson(metrics, Metrics.class))));
        units.put(name, parts);
      }
    }
    return units;
  }

  private static Metrics complete(Metrics metrics) {
    Objects.requireNonNull(metrics.logLoss());
    Objects.requireNonNull(metrics.accuracy());
    Objects.requireNonNull(metrics.f1Macro());
    Objects.requireNonNull(metrics.confusion());
    if (metrics.perClass().containsValue(null)
        || metrics.ci95().values().stream().anyMatch(ends -> ends == null || ends.length != 2)) {
      throw new IllegalStateException("scores are missing");
    }
    return metrics;
  }

  /** Puts the classes and parts in; the referral only where there is one. */
  static void add(JsonObject json, Evaluation evaluation) {
    json.add("classes", Json.GSON.toJsonTree(evaluation.classes()));
    evaluation.parts().forEach((part, metrics) -> json.add(part, tree(metrics)));
    evaluation
        .units()
        .forEach(
            (kind, parts) -> {
              JsonObject byPart = new JsonObject();
              parts.forEach((part, metrics) -> byPart.add(part, tree(metrics)));
              json.add(BY + kind, byPart);
            });
  }

  private static JsonObject tree(Metrics metrics) {
    JsonObject object = Json.GSON.toJsonTree(metrics).getAsJsonObject();
    if (metrics.referral() == null) {
      object.remove("referral");
    }
    if (metrics.presentClasses().size() < metrics.perClass().size()) {
      object.add("f1_macro_classes", Json.GSON.toJsonTree(metrics.presentClasses()));
    }
    return object;
  }
}
