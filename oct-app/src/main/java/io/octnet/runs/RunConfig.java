package io.octnet.runs;

import io.octnet.images.BitDepth;
import io.octnet.images.Preprocess;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.split.SplitChoice;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a training does, every default filled in. The names in {@code config.yaml} are those of the
 * options of {@code train}, so that the file repeats the run.
 *
 * @param data folder of class folders; null for phantoms
 * @param weights file, {@code imagenet} or {@code none}
 * @param fineTune null where there is nothing to freeze
 * @param batchSize images a step; 0 until the number of images is known
 * @param splitFile null unless the split is given
 * @param limit images of a stratified sample; 0 for all
 * @param reading how the data are read
 * @param patience epochs without improvement after which to stop; 0: by the number of steps
 * @param featureCache how what a frozen backbone says is kept: {@code float32}, {@code float16} or
 *     {@code none}
 * @param checkpointMinutes how often the state is saved within an epoch
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
    Reading reading,
    boolean classWeights,
    boolean augment,
    Preprocess preprocess,
    long seed,
    int threads,
    String backend,
    int patience,
    String featureCache,
    double checkpointMinutes,
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
        reading,
        classWeights,
        augment,
        preprocess,
        seed,
        threads,
        backend,
        patience,
        featureCache,
        checkpointMinutes,
        out,
        article);
  }

  /** The same with the depth that the data showed, for those who go on with the run. */
  public RunConfig withDepth(BitDepth depth) {
    return new RunConfig(
        data,
        model,
        weights,
        fineTune,
        epochs,
        batchSize,
        imageSize,
        learningRate,
        split,
        splitFile,
        fractions,
        limit,
        reading.withDepth(depth),
        classWeights,
        augment,
        preprocess,
        seed,
        threads,
        backend,
        patience,
        featureCache,
        checkpointMinutes,
        out,
        article);
  }

  /** How the folder is divided. */
  public SplitChoice splitChoice() {
    return splitChoice(splitFile);
  }

  /** The same, as a file says that it was divided before. */
  public SplitChoice splitChoice(Path file) {
    return new SplitChoice(splitFile == null ? split : Split.Rule.FILE, file, fractions, seed);
  }

  /**
   * Why a run of this configuration cannot be resumed with another one: a line for each setting
   * that differs, none if it can. Epochs may grow; threads, folders and how often the state is
   * saved do not matter (the data are compared file by file).
   */
  public List<String> conflicts(RunConfig other) {
    Map<String, Object> before = values();
    Map<String, Object> now = other.values();
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.removeAll(Set.of("data", "epochs", "threads", "out", "checkpoint-every"));
    List<String> conflicts = new ArrayList<>();
    for (String key : keys) {
      if (!Objects.equals(before.get(key), now.get(key))) {
        conflicts.add(Text.format("%s was %s, now %s", key, before.get(key), now.get(key)));
      }
    }
    if (other.epochs < epochs) {
      conflicts.add(Text.format("epochs was %d, now %d", epochs, other.epochs));
    }
    return conflicts;
  }

  /** As YAML. */
  public String yaml() {
    return ConfigFile.yaml(values());
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("data", absolute(data));
    values.put("model", model.id());
    values.put("weights", isFile(weights) ? absolute(Path.of(weights)) : weights);
    values.put("fine-tune", fineTune == null ? null : fineTune.id());
    values.put("epochs", epochs);
    values.put("batch-size", batchSize == 0 ? null : batchSize);
    values.put("image-size", imageSize);
    values.put("learning-rate", learningRate);
    values.put("split", splitFile == null ? lower(split) : null);
    values.put("split-file", absolute(splitFile));
    values.put(
        "fractions",
        Text.format(
            "%s,%s,%s", round(fractions.train()), fractions.validation(), fractions.test()));
    values.put("limit", limit == 0 ? null : limit);
    values.putAll(reading.values());
    values.put("class-weights", classWeights ? "balanced" : "none");
    values.put("augment", augment ? "light" : "none");
    values.put("preprocess", lower(preprocess));
    values.put("seed", seed);
    values.put("threads", threads);
    values.put("backend", backend);
    values.put("patience", patience == 0 ? null : patience);
    values.put("no-feature-cache", featureCache.equals("none") ? true : null);
    values.put("feature-type", featureCache.equals("float16") ? "float16" : null);
    values.put("checkpoint-every", checkpointMinutes);
    values.put("out", absolute(out));
    values.put("recipe", article ? "article" : null);
    return values;
  }

  private static boolean isFile(String weights) {
    return !weights.equals("none") && !weights.equals("imagenet");
  }

  /** The file means the same from every working folder. */
  private static String absolute(Path path) {
    return path == null ? null : path.toAbsolutePath().normalize().toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** 1 - 0.1275 - 0.15 is 0.7224999999999999. */
  private static double round(double value) {
    return Math.round(value * 1e9) / 1e9;
  }
}
