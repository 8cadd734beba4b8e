package io.octnet.models;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.octnet.keras.AdamState;
import io.octnet.keras.ExpectedWeights;
import io.octnet.keras.KerasWeights;
import io.octnet.keras.LayerWeights;
import io.octnet.keras.NamedArray;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a model's weights into files of Keras's formats and takes them back, all or none; with the
 * state of a training, if asked. Part of a model is a model, too: {@code
 * load(model.until("block5_pool"), file)} loads a backbone.
 */
public final class WeightFiles {
  private static final String STATE = "octnet_training";

  private WeightFiles() {}

  /** What a model expects to find. */
  public static ExpectedWeights expected(Model model) {
    return new ExpectedWeights(
        layers(model).stream()
            .map(
                layer ->
                    new ExpectedWeights.Layer(
                        layer.name(),
                        layer.className(),
                        layer.parameters().stream()
                            .map(p -> new ExpectedWeights.Weight(p.name(), p.shape().toArray()))
                            .toList()))
            .toList());
  }

  private static List<Layer> layers(Model model) {
    return model.layers().stream().filter(layer -> !layer.parameters().isEmpty()).toList();
  }

  /**
   * Loads all weights of a model.
   *
   * @throws IOException if the file cannot be read or does not fit: one line that says why; the
   *     model is unchanged
   */
  public static void load(Model model, Path file) throws IOException {
    List<LayerWeights> loaded = KerasWeights.load(file, expected(model));
    for (LayerWeights layer : loaded) {
      List<Parameter> parameters = model.layer(layer.layer()).parameters();
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).adopt(layer.weights().get(i).data());
      }
    }
  }

  /** Saves all weights of a model; the format follows the file's name. */
  public static void save(Model model, Path file) throws IOException {
    save(model, file, Map.of());
  }

  /** Saves all weights of a model, and texts by name, which Keras does not look at. */
  public static void save(Model model, Path file, Map<String, String> texts) throws IOException {
    KerasWeights.save(file, weights(model), Optional.empty(), texts);
  }

  private static List<LayerWeights> weights(Model model) {
    return layers(model).stream()
        .map(
            layer ->
                new LayerWeights(
                    layer.name(),
                    layer.className(),
                    layer.parameters().stream().map(WeightFiles::array).toList()))
        .toList();
  }

  private static NamedArray array(Parameter p) {
    return new NamedArray(p.name(), p.shape().toArray(), p.tensor().data());
  }

  /** Saves a model's weights and where its training with Adam is. */
  public static void saveTraining(Trainer trainer, Path file) throws IOException {
    saveTraining(trainer, file, Map.of());
  }

  /** As {@link #saveTraining(Trainer, Path)}, with texts by name. */
  public static void saveTraining(Trainer trainer, Path file, Map<String, String> texts)
      throws IOException {
    TrainerState state = trainer.state();
    Map<String, float[]> slots = state.slots();
    List<AdamState.Slot> moments =
        trainer.model().trainableParameters().stream()
            .filter(p -> slots.containsKey("m/" + p.path()))
            .map(
                p ->
                    new AdamState.Slot(
                        p.layer().name(),
                        p.name(),
                        p.shape().toArray(),
                        slots.get("m/" + p.path()),
                        slots.get("v/" + p.path())))
            .toList();
    if (2 * moments.size() != slots.size()) {
      throw new IllegalStateException(
          "only the state of Adam can be saved with a model; this optimizer keeps "
              + slots.keySet());
    }
    AdamState adam =
        new AdamState(
            trainer.optimizer().iterations(), trainer.optimizer().learningRate(), moments);
    Map<String, String> all = new LinkedHashMap<>(texts);
    all.put(STATE, new Gson().toJson(state.values()));
    KerasWeights.save(file, weights(trainer.model()), Optional.of(adam), all);
  }

  /**
   * Loads a model's weights, and takes its training up where it was.
   *
   * @throws IOException if the file cannot be read, does not fit, or holds no training
   */
  public static void loadTraining(Trainer trainer, Path file) throws IOException {
    Map<String, float[]> slots = new LinkedHashMap<>();
    Optional<AdamState> adam = KerasWeights.loadAdam(file, expected(trainer.model()));
    for (AdamState.Slot slot : adam.map(AdamState::slots).orElse(List.of())) {
      String path = slot.layer() + "/" + slot.weight();
      slots.put("m/" + path, slot.m());
      slots.put("v/" + path, slot.v());
    }
    TrainerState state = new TrainerState(values(file), slots);
    load(trainer.model(), file);
    trainer.restore(state);
  }

  private static Map<String, String> values(Path file) throws IOException {
    String text =
        KerasWeights.loadText(file, STATE)
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + " holds weights, but not where their training was; it cannot be resumed"));
    try {
      return new Gson().fromJson(text, new TypeToken<LinkedHashMap<String, String>>() {}.getType());
    } catch (JsonParseException e) {
      throw new IOException(file + ": the saved state of the training is damaged", e);
    }
  }
}
