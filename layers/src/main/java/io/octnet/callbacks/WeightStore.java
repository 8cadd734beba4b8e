package io.octnet.callbacks;

import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import java.util.List;

/** Where a model's weights can be put and taken back from: memory, or a file. */
public interface WeightStore {

  /** Puts the weights there, in place of those put before. */
  void save(Model model);

  /** Takes the weights put there last. */
  void load(Model model);

  /** A store in memory; it does not outlive the process. */
  static WeightStore inMemory() {
    return new WeightStore() {
      private List<float[]> copy;

      @Override
      public void save(Model model) {
        copy = model.parameters().stream().map(p -> p.tensor().toArray()).toList();
      }

      @Override
      public void load(Model model) {
        if (copy == null) {
          throw new IllegalStateException("no weights were saved in this store");
        }
        List<Parameter> parameters = model.parameters();
        for (int i = 0; i < copy.size(); i++) {
          parameters.get(i).assign(copy.get(i));
        }
      }
    };
  }
}
