package io.octnet.saving;

import com.google.gson.JsonElement;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.layers.Rescaling;
import io.octnet.layers.Symbol;
import io.octnet.saving.LayerEntry.Call;
import io.octnet.saving.LayerEntry.Reference;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Builds the symbols of a configuration: models inside it are opened, so that the result is one
 * graph. Layers are applied once what they read is there; what never gets there is a cycle.
 */
final class GraphReader {
  private final Dialect dialect;
  private final OptionalInt imageSize;
  private final Set<String> built = new HashSet<>(); // unique names

  private GraphReader(Dialect dialect, OptionalInt imageSize) {
    this.dialect = dialect;
    this.imageSize = imageSize;
  }

  /**
   * The one output of a configuration.
   *
   * @param imageSize height and width, where the configuration leaves them open
   */
  static Symbol read(Configuration configuration, OptionalInt imageSize) {
    GraphReader reader = new GraphReader(configuration.dialect(), imageSize);
    List<Symbol> outputs = reader.model(configuration.model(), null, true);
    if (outputs.size() != 1) {
      throw new Refusal(
          Text.format("the model has %d outputs; models of one are known here", outputs.size()));
    }
    return outputs.getFirst();
  }

  /**
   * A model's outputs.
   *
   * @param given its inputs; null for the outermost, which makes its own
   */
  private List<Symbol> model(LayerEntry model, List<Symbol> given, boolean outerTrainable) {
    boolean trainable = outerTrainable && isTrainable(model);
    return model.className().equals("Sequential")
        ? sequential(model, given, trainable)
        : functional(model, given, trainable);
  }

  private static boolean isTrainable(LayerEntry entry) {
    JsonElement value = entry.config().get("trainable");
    return value == null || !value.toString().equals("false");
  }

  // ---- one after another

  private List<Symbol> sequential(LayerEntry model, List<Symbol> given, boolean trainable) {
    if (given != null && given.size() != 1) {
      throw model.refuse("takes one input, received %d", given.size());
    }
    Symbol x = given == null ? null : given.getFirst();
    for (LayerEntry entry : model.inner()) {
      if (entry.className().equals("InputLayer")) {
        x = x == null ? input(entry) : x;
        continue;
      }
      if (x == null) {
        x = firstInput(model, entry);
      }
      List<Symbol> outputs = apply(entry, List.of(x), null, trainable);
      if (outputs.size() != 1) {
        throw entry.refuse("has %d outputs within a Sequential", outputs.size());
      }
      x = outputs.getFirst();
    }
    if (x == null) {
      throw model.refuse("has no layers");
    }
    return List.of(x);
  }

  /** The input of a Sequential without an input layer: told by its first layer, or by its build. */
  private Symbol firstInput(LayerEntry model, LayerEntry first) {
    for (JsonElement shape :
        new JsonElement[] {
          first.config().get("batch_input_shape"), model.config().get("build_input_shape")
        }) {
      if (shape != null && shape.isJsonArray()) {
        return InputLayer.input(InputShape.of(model, shape.getAsJsonArray(), imageSize));
      }
    }
    throw model.refuse(
        "does not say what shape its input has; give the first layer an input shape, and save again");
  }

  private Symbol input(LayerEntry entry) {
    Symbol input = InputLayer.input(InputShape.of(entry, imageSize));
    input.layer().named(entry.unique());
    built.add(entry.unique());
    return input;
  }

  // ---- a graph

  /** A call of a layer that waits for what it reads. */
  private record Pending(LayerEntry entry, int call) {}

  private List<Symbol> functional(LayerEntry model, List<Symbol> given, boolean trainable) {
    Map<String, LayerEntry> entries = new LinkedHashMap<>();
    for (LayerEntry entry : model.inner()) {
      if (entries.put(entry.name(), entry) != null) {
        throw entry.refuse("is there twice in model '%s'", model.name());
      }
    }
    References references = new References(model, entries);
    Map<Reference, Symbol> values = new HashMap<>();
    inputs(model, given, entries, references, values);
    Map<Reference, List<Pending>> waiting = new HashMap<>();
    Map<Pending, Integer> missing = new HashMap<>();
    ArrayDeque<Pending> ready = new ArrayDeque<>();
    for (LayerEntry entry : entries.values()) {
      for (int call = 0; call < entry.calls().size(); call++) {
        Pending pending = new Pending(entry, call);
        List<Reference> reads = references.read(entry.calls().get(call));
        long open = reads.stream().distinct().filter(r -> !values.containsKey(r)).count();
        reads.stream()
            .distinct()
            .filter(r -> !values.containsKey(r))
            .forEach(r -> waiting.computeIfAbsent(r, _ -> new ArrayList<>()).add(pending));
        missing.put(pending, (int) open);
        if (open == 0) {
          ready.add(pending);
        }
      }
    }
    while (!ready.isEmpty()) {
      Pending next = ready.remove();
      Call call = next.entry.calls().get(next.call);
      List<Symbol> inputs = references.read(call).stream().map(values::get).toList();
      List<Symbol> outputs = apply(next.entry, inputs, call, trainable);
      for (int i = 0; i < outputs.size(); i++) {
        Reference made = new Reference(next.entry.name(), next.call, i);
        values.put(made, outputs.get(i));
        for (Pending reader : waiting.getOrDefault(made, List.of())) {
          if (missing.merge(reader, -1, Integer::sum) == 0) {
            ready.add(reader);
          }
        }
      }
    }
    return references.outputs().stream().map(r -> value(model, values, r)).toList();
  }

  private static Symbol value(LayerEntry model, Map<Reference, Symbol> values, Reference of) {
    Symbol value = values.get(of);
    if (value == null) {
      throw model.refuse(
          "its output '%s' is never computed: layers read each other in a circle, or one that is missing",
          of.layer());
    }
    return value;
  }

  private void inputs(
      LayerEntry model,
      List<Symbol> given,
      Map<String, LayerEntry> entries,
      References references,
      Map<Reference, Symbol> values) {
    List<Reference> places = references.inputs();
    if (given != null && given.size() != places.size()) {
      throw model.refuse("has %d inputs, is given %d", places.size(), given.size());
    }
    if (given == null && places.size() != 1) {
      throw model.refuse("has %d inputs; models of one are known here", places.size());
    }
    for (int i = 0; i < places.size(); i++) {
      LayerEntry entry = entries.get(places.get(i).layer());
      if (entry == null || !entry.className().equals("InputLayer")) {
        throw model.refuse("its input '%s' is no input layer", places.get(i).layer());
      }
      values.put(places.get(i), given == null ? input(entry) : given.get(i));
    }
  }

  // ---- a layer

  private List<Symbol> apply(
      LayerEntry entry, List<Symbol> inputs, Call call, boolean outerTrainable) {
    if (entry.isModel()) {
      return model(entry, inputs, outerTrainable);
    }
    Layer layer = layer(entry, inputs, call);
    String name = entry.unique();
    boolean again = !built.add(name);
    for (int i = 1; again && !built.add(name); i++) {
      name = entry.unique() + "_" + i;
    }
    layer.named(name);
    Symbol output;
    try {
      output = layer.apply(inputs.toArray(Symbol[]::new));
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw entry.refuse("%s", e.getMessage());
    }
    if (again && !layer.parameters().isEmpty()) {
      throw entry.refuse(
          "is applied several times, with the same weights; shared weights are not known here");
    }
    layer.setTrainable(outerTrainable && isTrainable(entry));
    return List.of(output);
  }

  private Layer layer(LayerEntry entry, List<Symbol> inputs, Call call) {
    List<Shape> shapes = inputs.stream().map(Symbol::shape).toList();
    if (shapes.isEmpty()) {
      throw entry.refuse("reads nothing");
    }
    boolean constants = call != null && call.constants().stream().anyMatch(c -> c != null);
    if (entry.operation() || constants) {
      return operation(entry, shapes, call);
    }
    return LayerReader.read(new Attributes(entry, dialect, shapes));
  }

  /** Keras 3's {@code x + y}, {@code 2 * x}: of two tensors, or of a tensor and a number. */
  private Layer operation(LayerEntry entry, List<Shape> shapes, Call call) {
    Double constant = call.constants().stream().filter(c -> c != null).findFirst().orElse(null);
    boolean known =
        Set.of("Add", "Subtract", "Multiply", "Maximum", "Minimum").contains(entry.className());
    if (!entry.operation() || !known || call.constants().size() != 2) {
      throw entry.refuse("this operation is not known here; use a layer of Keras's instead");
    }
    if (constant == null) {
      return LayerReader.read(new Attributes(entry, dialect, shapes));
    }
    boolean first = call.constants().getFirst() != null;
    return switch (entry.className()) {
      case "Add" -> new Rescaling(1, constant);
      case "Multiply" -> new Rescaling(constant, 0);
      case "Subtract" -> first ? new Rescaling(-1, constant) : new Rescaling(1, -constant);
      default -> throw entry.refuse("with a number is not known here; use a layer of Keras's");
    };
  }
}
