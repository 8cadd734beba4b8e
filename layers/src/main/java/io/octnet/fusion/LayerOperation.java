package io.octnet.fusion;

import io.octnet.graph.Graph;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.layers.SoftmaxEnd;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.List;

/** A layer as it is. */
record LayerOperation(Layer layer, boolean last) implements Operation {

  /** The step that computes one place alone. */
  static Step step(Graph graph, int place) {
    boolean last = place == graph.output();
    return new Step(place, graph.inputs(place), new LayerOperation(graph.layer(place), last));
  }

  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    if (logits && last) {
      return ((SoftmaxEnd) layer).logits(inputs.getFirst(), pass);
    }
    Tensor y = layer.forward(inputs, pass);
    check(y, inputs.getFirst().dim(0));
    return y;
  }

  /** A layer of somebody else's may compute another shape than it said. */
  private void check(Tensor y, int batch) {
    Shape said = layer.outputShape().withBatch(batch);
    if (y == null || !y.shape().equals(said)) {
      throw new IllegalStateException(
          Text.format(
              "the layer %s said that its output has shape %s for %d examples, and computed %s",
              layer, said, batch, y == null ? "null" : y.shape()));
    }
  }
}
