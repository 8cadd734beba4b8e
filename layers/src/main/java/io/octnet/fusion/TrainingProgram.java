package io.octnet.fusion;

import io.octnet.fusion.Fusions.Applied;
import io.octnet.graph.Graph;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of a training step: {@link Fusions#TRAINING}, and where a convolution is read by a
 * norm alone, both parts in one step.
 */
public final class TrainingProgram {
  private final Graph graph;
  private final boolean[] taken;
  private final List<Step> steps = new ArrayList<>();

  private TrainingProgram(Graph graph) {
    this.graph = graph;
    this.taken = new boolean[graph.size()];
  }

  /** The program of a graph; whether layers are frozen is asked for in each pass. */
  public static Program of(Graph graph) {
    TrainingProgram program = new TrainingProgram(graph);
    for (int place = 1; place < graph.size(); place++) {
      if (!program.taken[place]) {
        program.add(place);
      }
    }
    return new Program(program.steps, graph.size());
  }

  private void add(int first) {
    List<Part> parts = new ArrayList<>();
    int last = first;
    for (int next = first; continues(parts, last, next); next = graph.soleReader(last)) {
      Applied<Part> applied = Fusions.first(Fusions.TRAINING, graph, next, taken);
      if (applied == null) {
        break;
      }
      applied.match().markIn(taken);
      parts.add(applied.result());
      last = applied.match().last();
    }
    steps.add(
        parts.isEmpty()
            ? LayerOperation.step(graph, first)
            : new Step(last, graph.inputs(first), new Chain(parts)));
  }

  private boolean continues(List<Part> parts, int last, int next) {
    return parts.isEmpty()
        || graph.layer(last) instanceof Conv2D && graph.layer(next) instanceof BatchNormalization;
  }
}
