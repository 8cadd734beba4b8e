package io.octnet.peers;

import io.octnet.compute.ConvGeometry;
import io.octnet.graph.LayerNode;
import io.octnet.layers.Activation;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Add;
import io.octnet.layers.AveragePooling2D;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.Flatten;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.GlobalMaxPooling2D;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.ReLU;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.models.Model;
import io.octnet.text.Text;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model's graph, a line for each layer, to be built anew by an engine that is no JVM: {@code
 * trained kind places-of-its-inputs numbers}, such as {@code 1 conv 3 64 128 3 3 1 1 1 1 1 1 0}.
 * Softmax at the end is left out: logits are compared.
 */
public final class GraphLines {
  private GraphLines() {}

  /** The lines. */
  public static List<String> of(Model model) {
    return model.graph().nodes().stream().map(GraphLines::line).toList();
  }

  private static String line(LayerNode node) {
    String inputs =
        node.inputs().stream().map(String::valueOf).collect(Collectors.joining(",", "", ""));
    String[] words = words(node).split(" ", 2);
    return Text.format("%d %s %s %s", node.layer().isTrainable() ? 1 : 0,
            words[0],
            inputs.isEmpty() ? "-" : inputs,
            words.length > 1 ? words[1] : "")
        .strip();
  }

  private static String words(LayerNode node) {
    return switch (node.layer()) {
      case Conv2D conv -> conv(conv);
      case Dense dense ->
          "dense "
              + dense.parameters().getFirst().shape().dim(0)
              + " "
              + dense.parameters().getFirst().shape().dim(1)
              + " "
              + relu(dense.activation());
      case BatchNormalization norm ->
          Text.format(
              "norm%s %d %s %s",
              node.shape().rank() == 1 ? "1" : "",
              norm.parameters().getFirst().shape().dim(0),
              norm.epsilon(),
              1 - norm.momentum());
      case Dropout dropout -> "dropout " + dropout.rate();
      case ReLU relu -> "relu";
      case Activation activation -> relu(activation.activation()) == 1 ? "relu" : "same";
      case Add add -> "add";
      case Concatenate concatenate -> "concatenate";
      case ZeroPadding2D padding -> "pad" + numbers(padding.padding());
      case MaxPooling2D pool -> "max " + OnnxExport.poolSize(pool) + " 2";
      case AveragePooling2D pool -> "average " + OnnxExport.poolSize(pool) + " 2";
      case GlobalMaxPooling2D pool -> "globalmax";
      case GlobalAveragePooling2D pool -> "globalaverage";
      case Flatten flatten -> "flatten";
      default -> "same";
    };
  }

  /** Channels, kernel, stride, padding (top, bottom, left, right), bias, ReLU. */
  private static String conv(Conv2D conv) {
    ConvGeometry g = conv.geometry(1);
    return "conv"
        + numbers(
            g.inChannels(),
            g.outChannels(),
            g.kernelHeight(),
            g.kernelWidth(),
            g.strideHeight(),
            g.padTop(),
            g.padBottom(),
            g.padLeft(),
            g.padRight(),
            conv.bias() == null ? 0 : 1,
            relu(conv.activation()));
  }

  private static String numbers(int... numbers) {
    StringBuilder words = new StringBuilder();
    for (int n : numbers) {
      words.append(' ').append(n);
    }
    return words.toString();
  }

  private static int relu(ActivationFunction function) {
    return switch (function) {
      case RELU -> 1;
      case LINEAR, SOFTMAX -> 0;
      default -> throw new IllegalArgumentException("no line for " + function);
    };
  }
}
