package io.octnet.fusion;

import io.octnet.graph.Graph;
import io.octnet.layers.Layer;
import java.util.Arrays;
import java.util.List;

/** Layers one after another, each but the last read by the next alone. */
record Pattern(List<Element> elements) {

  /** What a layer must be to stand at a position of the pattern. */
  interface Element {
    boolean accepts(Graph graph, int place);

    /** Whether it may be missing. */
    default boolean isOptional() {
      return false;
    }
  }

  /** Layers of a class. */
  static Element a(Class<? extends Layer> type) {
    return (graph, place) -> type.isInstance(graph.layer(place));
  }

  /** What may be missing. */
  static Element optional(Element element) {
    return new Element() {
      @Override
      public boolean accepts(Graph graph, int place) {
        return element.accepts(graph, place);
      }

      @Override
      public boolean isOptional() {
        return true;
      }
    };
  }

  static Pattern of(Element... elements) {
    return new Pattern(List.of(elements));
  }

  /**
   * The layers that fit, the first of them at a place.
   *
   * @param taken the places that are computed elsewhere
   * @return null if they do not fit
   */
  Match match(Graph graph, int start, boolean[] taken) {
    int[] places = new int[elements.size()];
    Arrays.fill(places, -1);
    int last = -1;
    for (int i = 0; i < places.length; i++) {
      int next = last < 0 ? start : graph.soleReader(last);
      if (next >= 0 && !taken[next] && elements.get(i).accepts(graph, next)) {
        places[i] = next;
        last = next;
      } else if (!elements.get(i).isOptional()) {
        return null;
      }
    }
    return new Match(graph, places, start, last);
  }

  /**
   * Layers that fit a pattern.
   *
   * @param places of each element, -1 where an optional one is missing
   */
  record Match(Graph graph, int[] places, int first, int last) {
    boolean has(int element) {
      return places[element] >= 0;
    }

    /** The layer of an element; null if it is missing. */
    <L extends Layer> L layer(int element, Class<L> type) {
      return type.cast(graph.layer(places[element]));
    }

    void markIn(boolean[] taken) {
      for (int place : places) {
        if (place >= 0) {
          taken[place] = true;
        }
      }
    }
  }
}
