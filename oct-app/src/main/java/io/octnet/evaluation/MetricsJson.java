package io.octnet.evaluation;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

/** The form of {@code metrics.json}. Undefined scores are null. */
public final class MetricsJson {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .serializeNulls()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

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
    JsonObject json = GSON.toJsonTree(subject).getAsJsonObject();
    add(json, evaluation);
    return GSON.toJson(json) + "\n";
  }

  /** Puts the classes and parts in; the referral only where there is one. */
  static void add(JsonObject json, Evaluation evaluation) {
    json.add("classes", GSON.toJsonTree(evaluation.classes()));
    evaluation
        .parts()
        .forEach(
            (part, metrics) -> {
              JsonObject object = GSON.toJsonTree(metrics).getAsJsonObject();
              if (metrics.referral() == null) {
                object.remove("referral");
              }
              json.add(part, object);
            });
  }
}
