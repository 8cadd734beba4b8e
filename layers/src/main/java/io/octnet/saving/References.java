package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.octnet.saving.LayerEntry.Call;
import io.octnet.saving.LayerEntry.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who reads whom in one model. The calls of a Functional within another are counted from 1: its
 * call 0 was its own making.
 */
final class References {
  private final LayerEntry model;
  private final Map<String, LayerEntry> entries;
  private final Set<String> countedFromOne = new HashSet<>();

  References(LayerEntry model, Map<String, LayerEntry> entries) {
    this.model = model;
    this.entries = entries;
    for (LayerEntry entry : entries.values()) {
      entry.calls().forEach(call -> call.inputs().forEach(this::look));
    }
    list("output_layers").forEach(this::look);
  }

  private void look(Reference reference) {
    LayerEntry entry = entries.get(reference.layer());
    if (entry != null && entry.isModel() && reference.call() == entry.calls().size()) {
      countedFromOne.add(entry.name());
    }
  }

  /** What a call reads; the layers exist. */
  List<Reference> read(Call call) {
    return call.inputs().stream().map(this::resolve).toList();
  }

  List<Reference> inputs() {
    return list("input_layers").stream().map(this::resolve).toList();
  }

  List<Reference> outputs() {
    return list("output_layers").stream().map(this::resolve).toList();
  }

  private Reference resolve(Reference reference) {
    if (!entries.containsKey(reference.layer())) {
      throw model.refuse("a layer '%s' is read, but not there", reference.layer());
    }
    int call = reference.call() - (countedFromOne.contains(reference.layer()) ? 1 : 0);
    return new Reference(reference.layer(), call, reference.tensor());
  }

  /** {@code ["input", 0, 0]} or a list of such. */
  private List<Reference> list(String name) {
    JsonArray array = Json.array(model.config().get(name), name + " of '" + model.name() + "'");
    if (!array.isEmpty() && array.get(0).isJsonPrimitive()) {
      return List.of(CallReader.reference(array, model.name()));
    }
    List<Reference> references = new ArrayList<>();
    for (JsonElement element : array) {
      references.add(CallReader.reference(Json.array(element, name), model.name()));
    }
    return references;
  }
}
