package io.octnet.keras;

import java.util.HashSet;
import java.util.Set;

/**
 * Names of the layers of models inside models, all of them different: the first of a name keeps it,
 * later ones have their model's before them. Whoever walks a configuration in its order gets the
 * same names.
 */
public final class LayerNames {
  private final Set<String> taken = new HashSet<>();

  /** None is taken yet. */
  public LayerNames() {}

  /**
   * What a layer is called in the whole.
   *
   * @param outer the model it stands in; empty for the outermost
   */
  public String unique(String outer, String name) {
    String unique = name;
    for (int i = 0; !taken.add(unique); i++) {
      unique = outer + "/" + name + (i == 0 ? "" : "_" + i);
    }
    return unique;
  }
}
