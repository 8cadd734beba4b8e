package io.octnet.runs;

import io.octnet.images.Preprocess;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a training does, every default filled in. The names in {@code config.yaml} are those of the
 * options of {@code train}, so that the file repeats the run.
 *
 * @param data folder of class folders; null for phantoms
 * @param weights file, {@code imagenet} or {@code none}
 * @param fineTune null where there is nothing to freeze
 * @param splitFile null unless the split is given
 * @param limit images of a stratified sample; 0 for all
 * @param patientRegex null for the usual file names
 * @param patience epochs without improvement after which to stop; 0: by the number of steps
 * @param article whether Keras's arithmetic is followed to the letter
 */
public record RunConfig(
    Path data,
    Network model,
    String weights,
    FineTune fineTune,
    int epochs,
    int batchSize,
    int imageSize,
    double learningRate,
    Split.Rule split,
    Path splitFile,
    Fractions fractions,
    int limit,
    String patientRegex,
    boolean classWeights,
    boolean augment,
    Preprocess preprocess,
    long seed,
    int threads,
    String backend,
    int patience,
    Path out,
    boolean article) {

  /** The same with another batch size. */
  public RunConfig withBatchSize(int size) {
    return new RunConfig(
        data,
        model,
        weights,
        fineTune,
        epochs,
        size,
        imageSize,
        learningRate,
        split,
        splitFile,
        fractions,
        limit,
        patientRegex,
        classWeights,
        augment,
        preprocess,
        seed,
        threads,
        backend,
        patience,
        out,
        article);
  }

  /** As YAML. */
  public String yaml() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("data", data == null ? null : data.toString());
    values.put("model", model.id());
    values.put("weights", weights);
    values.put("fine-tune", fineTune == null ? null : fineTune.id());
    values.put("epochs", epochs);
    values.put("batch-size", batchSize);
    values.put("image-size", imageSize);
    values.put("learning-rate", learningRate);
    values.put("split", splitFile == null ? lower(split) : null);
    values.put("split-file", splitFile == null ? null : splitFile.toString());
    values.put(
        "fractions",
        "%s,%s,%s".formatted(round(fractions.train()), fractions.validation(), fractions.test()));
    values.put("limit", limit == 0 ? null : limit);
    values.put("patient-regex", patientRegex);
    values.put("class-weights", classWeights ? "balanced" : "none");
    values.put("augment", augment ? "light" : "none");
    values.put("preprocess", lower(preprocess));
    values.put("seed", seed);
    values.put("threads", threads);
    values.put("backend", backend);
    values.put("patience", patience == 0 ? null : patience);
    values.put("out", out.toString());
    values.put("recipe", article ? "article" : null);
    return ConfigFile.yaml(values);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** 1 - 0.1275 - 0.15 is 0.7224999999999999. */
  private static double round(double value) {
    return Math.round(value * 1e9) / 1e9;
  }
}
