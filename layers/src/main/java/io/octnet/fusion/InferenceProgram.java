package io.octnet.fusion;

import io.octnet.compute.Compute;
import io.octnet.fusion.Fusions.Applied;
import io.octnet.graph.Graph;
import io.octnet.layers.Concatenate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The program of inference: {@link Fusions#INFERENCE}, then two passes over what it gave.
 *
 * <ul>
 *   <li>A concatenation that is read by 1x1 convolutions and other concatenations alone is not
 *       made: they read its parts.
 *   <li>A result takes the place of an input of its shape that nobody reads later.
 * </ul>
 */
public final class InferenceProgram {
  private final Graph graph;
  private final List<FusedLayers> fused = new ArrayList<>();
  private final List<Integer> alone = new ArrayList<>();
  private final boolean[] apart; // concatenations that are never made

  private InferenceProgram(Graph graph) {
    this.graph = graph;
    match();
    this.apart = concatenationsApart();
  }

  /**
   * A program with the weights as they are now.
   *
   * @param compute what will run it
   */
  public static Program prepare(Graph graph, Compute compute) {
    InferenceProgram program = new InferenceProgram(graph);
    List<Step> steps = new ArrayList<>();
    for (int place : program.alone) {
      if (!program.apart[place]) {
        Step step = LayerOperation.step(graph, place);
        steps.add(new Step(place, program.parts(step.inputs()), step.operation()));
      }
    }
    int[] lastReader = program.lastReaders();
    for (FusedLayers layers : program.fused) {
      boolean replaces = program.replaces(layers, lastReader);
      steps.add(
          new Step(layers.place(), program.inputs(layers), layers.prepare(compute, replaces)));
    }
    return new Program(steps, graph.size());
  }

  private void match() {
    boolean[] taken = new boolean[graph.size()];
    for (int place = 1; place < graph.size(); place++) {
      if (taken[place]) {
        continue;
      }
      Applied<FusedLayers> applied = Fusions.first(Fusions.INFERENCE, graph, place, taken);
      if (applied == null) {
        alone.add(place);
      } else {
        applied.match().markIn(taken);
        fused.add(applied.result());
      }
    }
  }

  private boolean[] concatenationsApart() {
    int[] readable = new int[graph.size()]; // how many readers could read parts
    for (FusedLayers layers : fused) {
      if (layers.readsParts()) {
        readable[layers.inputs().getFirst()]++;
      }
    }
    for (int place : alone) {
      if (joinsChannels(place)) {
        graph.inputs(place).forEach(k -> readable[k]++);
      }
    }
    boolean[] result = new boolean[graph.size()];
    for (int place : alone) {
      result[place] =
          joinsChannels(place)
              && place != graph.output()
              && readable[place] == graph.readers(place);
    }
    return result;
  }

  private boolean joinsChannels(int place) {
    return graph.layer(place) instanceof Concatenate join && join.joinsChannels();
  }

  private List<Integer> inputs(FusedLayers layers) {
    return layers.readsParts() ? parts(layers.inputs()) : layers.inputs();
  }

  /** The places whose values make up these, themselves if they are computed. */
  private List<Integer> parts(List<Integer> places) {
    return places.stream()
        .flatMap(k -> apart[k] ? parts(graph.inputs(k)).stream() : List.of(k).stream())
        .toList();
  }

  /** The step that reads a place last, for each place; the caller of the last is beyond all. */
  private int[] lastReaders() {
    int[] last = new int[graph.size()];
    for (FusedLayers layers : fused) {
      inputs(layers).forEach(k -> last[k] = Math.max(last[k], layers.place()));
    }
    for (int place : alone) {
      if (!apart[place]) {
        parts(graph.inputs(place)).forEach(k -> last[k] = Math.max(last[k], place));
      }
    }
    return last;
  }

  private boolean replaces(FusedLayers layers, int[] lastReader) {
    int which = layers.replaceable();
    if (which < 0) {
      return false;
    }
    List<Integer> inputs = inputs(layers);
    int replaced = inputs.get(which);
    return replaced > 0 // the caller's
        && lastReader[replaced] == layers.place()
        && Collections.frequency(inputs, replaced) == 1;
  }
}
