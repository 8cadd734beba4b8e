package io.octnet.models;

import io.octnet.graph.LayerNode;
import io.octnet.layers.Parameter;
import io.octnet.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a model is made of, as Keras's {@code summary} tells it.
 *
 * @param rows one a layer, in Keras's order
 * @param multiplyAdds of the forward pass of one example
 * @param trainingMultiplyAdds of a training step of one example as things are frozen: forward,
 *     gradients of trained weights, and gradients of inputs down to the first trained layer
 */
public record Summary(
    String model,
    List<Row> rows,
    long parameters,
    long trainableParameters,
    long multiplyAdds,
    long trainingMultiplyAdds) {

  /**
   * One layer.
   *
   * @param shape of its output, without the batch axis
   * @param inputs names of the layers it reads
   */
  public record Row(
      String name,
      String className,
      Shape shape,
      long parameters,
      boolean trainable,
      long multiplyAdds,
      List<String> inputs) {}

  static Summary of(Model model) {
    List<Row> rows = model.nodes().stream().map(node -> row(model, node)).toList();
    return new Summary(
        model.name(),
        rows,
        model.parameterCount(),
        model.trainableParameterCount(),
        rows.stream().mapToLong(Row::multiplyAdds).sum(),
        training(model.nodes()));
  }

  /** Both gradients of a convolution or matrix cost what its forward pass costs. */
  private static long training(List<LayerNode> nodes) {
    boolean[] wantsGradient = new boolean[nodes.size()];
    long sum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      LayerNode node = nodes.get(i);
      boolean learns = node.layer().parameters().stream().anyMatch(Parameter::isTrainable);
      boolean passesOn = node.inputs().stream().anyMatch(k -> wantsGradient[k]);
      wantsGradient[i] = learns || passesOn;
      sum += node.layer().multiplyAdds() * (1 + (learns ? 1 : 0) + (passesOn ? 1 : 0));
    }
    return sum;
  }

  private static Row row(Model model, LayerNode node) {
    List<Parameter> parameters = node.layer().parameters();
    return new Row(
        node.layer().name(),
        node.layer().className(),
        node.shape(),
        parameters.stream().mapToLong(p -> p.shape().size()).sum(),
        parameters.stream().anyMatch(Parameter::isTrainable),
        node.layer().multiplyAdds(),
        node.inputs().stream().map(k -> model.nodes().get(k).layer().name()).toList());
  }

  /** A table with the totals below it. */
  public String text() {
    int names = rows.stream().mapToInt(r -> title(r).length()).max().orElse(0);
    int shapes = rows.stream().mapToInt(r -> r.shape().toString().length()).max().orElse(0);
    String format = "%-" + names + "s  %-" + shapes + "s  %12s  %s%n";
    String lines =
        rows.stream()
            .map(r -> format(format, title(r), r.shape(), number(r.parameters()), note(r)))
            .collect(Collectors.joining());
    return format("Model: %s%n%n", model)
        + format(format, "Layer (class)", "Output", "Parameters", "Reads")
        + "-".repeat(names + shapes + 30)
        + System.lineSeparator()
        + lines
        + format(
            "%nParameters:    %s%nTrainable:     %s%nNot trainable: %s%nMultiply-adds: %s per example%n",
            number(parameters),
            number(trainableParameters),
            number(parameters - trainableParameters),
            number(multiplyAdds));
  }

  private static String title(Row row) {
    return row.name() + " (" + row.className() + ")";
  }

  /** Who is read, where that is not simply the row above, and who is frozen. */
  private String note(Row row) {
    int place = rows.indexOf(row);
    boolean plain = place == 0 || row.inputs().equals(List.of(rows.get(place - 1).name()));
    String reads = plain ? "" : String.join(", ", row.inputs());
    boolean frozen = row.parameters() > 0 && !row.trainable();
    return frozen ? (reads + " frozen").strip() : reads;
  }

  private static String number(long value) {
    return format("%,d", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
