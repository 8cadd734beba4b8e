package io.octnet.models;

import io.octnet.layers.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras lists the layers of a functional model, and weight files with it: by
 * depth, the longest way to the output, deepest first; equal depths in the order in which a walk
 * from the output meets them. It is a topological order, so models are run in it, too.
 */
final class KerasOrder {
  private final Map<Symbol, Integer> met = new HashMap<>();
  private final List<Symbol> inputsFirst = new ArrayList<>();

  private KerasOrder() {}

  static List<Symbol> of(Symbol output) {
    KerasOrder order = new KerasOrder();
    order.walk(output);
    Map<Symbol, Integer> depths = order.depths();
    return order.inputsFirst.stream()
        .sorted(
            Comparator.<Symbol, Integer>comparing(depths::get)
                .reversed()
                .thenComparing(order.met::get))
        .toList();
  }

  /** Depth first without recursion: numbers symbols as they are met, lists them once complete. */
  private void walk(Symbol output) {
    ArrayDeque<Symbol> open = new ArrayDeque<>(List.of(output));
    Set<Symbol> complete = new HashSet<>();
    while (!open.isEmpty()) {
      Symbol symbol = open.peek();
      met.putIfAbsent(symbol, met.size());
      Symbol next =
          symbol.inputs().stream().filter(s -> !complete.contains(s)).findFirst().orElse(null);
      if (next != null) {
        open.push(next);
      } else {
        open.pop();
        if (complete.add(symbol)) {
          inputsFirst.add(symbol);
        }
      }
    }
  }

  private Map<Symbol, Integer> depths() {
    Map<Symbol, Integer> depths = new HashMap<>();
    for (Symbol symbol : inputsFirst.reversed()) {
      int depth = depths.computeIfAbsent(symbol, s -> 0);
      symbol.inputs().forEach(input -> depths.merge(input, depth + 1, Math::max));
    }
    return depths;
  }
}
