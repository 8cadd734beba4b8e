package io.octnet.models;

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
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Parameter;
import io.octnet.layers.ReLU;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as ONNX (opset 13, NCHW), written field by field as its protocol buffer says: enough for
 * the five networks, so that ONNX Runtime predicts with the same weights. It lies in this package
 * to see a model's graph.
 */
public final class OnnxExport {
  private final Model model;
  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final List<String> values = new ArrayList<>(); // the output of each node of the model
  private int names;

  private OnnxExport(Model model) {
    this.model = model;
  }

  /** The bytes of the file; input x (N, 3, H, W), output y (N, classes), or a map (N, C, H, W). */
  public static byte[] of(Model model) {
    OnnxExport export = new OnnxExport(model);
    export.nodes();
    return export.file();
  }

  private void nodes() {
    for (LayerNode node : model.nodes()) {
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      values.add(inputs.isEmpty() ? "x" : translate(node, node.layer(), inputs));
    }
    node("Identity", List.of(values.getLast()), "y");
  }

  private String translate(LayerNode node, Layer layer, List<String> in) {
    return switch (layer) {
      case InputLayer input -> "x";
      case Dropout dropout -> in.getFirst();
      case Conv2D conv -> activated(conv(conv, in), conv.activation());
      case Dense dense -> activated(dense(dense, in), dense.activation());
      case BatchNormalization norm -> norm(norm, in);
      case ReLU relu -> node("Relu", in, fresh());
      case Activation activation -> activated(in.getFirst(), activation.activation());
      case Add add -> node("Add", in, fresh());
      case Concatenate concatenate -> node("Concat", in, fresh(), integer("axis", 1));
      case ZeroPadding2D padding -> pad(padding, in);
      case MaxPooling2D pool -> pool("MaxPool", layer, in);
      case AveragePooling2D pool -> pool("AveragePool", layer, in);
      case GlobalMaxPooling2D pool -> flat(node("GlobalMaxPool", in, fresh()));
      case GlobalAveragePooling2D pool -> flat(node("GlobalAveragePool", in, fresh()));
      case Flatten flatten -> flat(node("Transpose", in, fresh(), integers("perm", 0, 2, 3, 1)));
      default -> throw new IllegalArgumentException("no ONNX for " + layer + " in " + node.shape());
    };
  }

  private String flat(String value) {
    return node("Flatten", List.of(value), fresh(), integer("axis", 1));
  }

  private String activated(String value, ActivationFunction function) {
    return switch (function) {
      case LINEAR -> value;
      case RELU -> node("Relu", List.of(value), fresh());
      case SOFTMAX -> node("Softmax", List.of(value), fresh(), integer("axis", 1));
      default -> throw new IllegalArgumentException("no ONNX for " + function);
    };
  }

  private String conv(Conv2D conv, List<String> in) {
    ConvGeometry g = conv.geometry(1);
    int[] d = conv.kernel().shape().toArray(); // (R, S, C, K)
    float[] kernel = conv.kernel().tensor().data();
    float[] turned = new float[d[0] * d[1] * d[2] * d[3]];
    for (int rs = 0; rs < d[0] * d[1]; rs++) {
      for (int c = 0; c < d[2]; c++) {
        for (int k = 0; k < d[3]; k++) {
          turned[(k * d[2] + c) * d[0] * d[1] + rs] = kernel[(rs * d[2] + c) * d[3] + k];
        }
      }
    }
    List<String> inputs = new ArrayList<>(List.of(in.getFirst()));
    inputs.add(constant(turned, d[3], d[2], d[0], d[1]));
    if (conv.bias() != null) {
      inputs.add(constant(conv.bias()));
    }
    return node(
        "Conv",
        inputs,
        fresh(),
        integers("strides", g.strideHeight(), g.strideWidth()),
        integers("pads", g.padTop(), g.padLeft(), g.padBottom(), g.padRight()));
  }

  private String dense(Dense dense, List<String> in) {
    List<Parameter> weights = dense.parameters();
    return node(
        "Gemm",
        List.of(in.getFirst(), constant(weights.get(0)), constant(weights.get(1))),
        fresh());
  }

  private String norm(BatchNormalization norm, List<String> in) {
    List<String> inputs = new ArrayList<>(List.of(in.getFirst()));
    norm.parameters().forEach(parameter -> inputs.add(constant(parameter)));
    return node("BatchNormalization", inputs, fresh(), number("epsilon", (float) norm.epsilon()));
  }

  private String pad(ZeroPadding2D padding, List<String> in) {
    int[] p = padding.padding(); // top, bottom, left, right
    String name = fresh();
    ByteBuffer longs = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : new long[] {0, 0, p[0], p[2], 0, 0, p[1], p[3]}) {
      longs.putLong(value);
    }
    tensor(name, 7, longs.array(), 8);
    return node("Pad", List.of(in.getFirst(), name), fresh());
  }

  /** All pools of the five networks have stride 2; the stems of two have windows of 3. */
  static int poolSize(Layer layer) {
    return layer.name().startsWith("pool1") ? 3 : 2;
  }

  private String pool(String op, Layer layer, List<String> in) {
    int size = poolSize(layer);
    return node(op, in, fresh(), integers("kernel_shape", size, size), integers("strides", 2, 2));
  }

  // ---- protocol buffers

  private String fresh() {
    return "v" + names++;
  }

  private String constant(Parameter parameter) {
    float[] data = java.util.Arrays.copyOf(parameter.tensor().data(), parameter.tensor().size());
    return constant(data, parameter.shape().toArray());
  }

  private String constant(float[] data, int... dims) {
    ByteBuffer bytes = ByteBuffer.allocate(data.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(data);
    String name = fresh();
    tensor(name, 1, bytes.array(), dims);
    return name;
  }

  /**
   * {@code GraphProto.initializer = 5: TensorProto{dims = 1, data_type = 2, name = 8, raw = 9}}.
   */
  private void tensor(String name, int type, byte[] raw, int... dims) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (int dim : dims) {
      whole(tensor, 1, dim);
    }
    whole(tensor, 2, type);
    text(tensor, 8, name);
    bytes(tensor, 9, raw);
    bytes(graph, 5, tensor.toByteArray());
  }

  /** {@code GraphProto.node = 1: NodeProto{input = 1, output = 2, op_type = 4, attribute = 5}}. */
  private String node(String op, List<String> inputs, String output, byte[]... attributes) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    inputs.forEach(input -> text(node, 1, input));
    text(node, 2, output);
    text(node, 4, op);
    for (byte[] attribute : attributes) {
      bytes(node, 5, attribute);
    }
    bytes(graph, 1, node.toByteArray());
    return output;
  }

  private static byte[] integer(String name, int value) {
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    text(attribute, 1, name);
    whole(attribute, 3, value);
    whole(attribute, 20, 2);
    return attribute.toByteArray();
  }

  private static byte[] integers(String name, int... list) {
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    text(attribute, 1, name);
    for (int value : list) {
      whole(attribute, 8, value);
    }
    whole(attribute, 20, 7);
    return attribute.toByteArray();
  }

  private static byte[] number(String name, float value) {
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    text(attribute, 1, name);
    attribute.write(2 << 3 | 5);
    attribute.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    whole(attribute, 20, 1);
    return attribute.toByteArray();
  }

  private byte[] file() {
    Shape image = model.inputShape();
    text(graph, 2, model.name());
    bytes(graph, 11, value("x", 3, image.dim(0), image.dim(1)));
    Shape output = model.outputShape();
    boolean flat = output.rank() == 1;
    bytes(
        graph,
        12,
        flat ? value("y", output.dim(0)) : value("y", output.dim(2), output.dim(0), output.dim(1)));
    ByteArrayOutputStream opset = new ByteArrayOutputStream();
    text(opset, 1, "");
    whole(opset, 2, 13);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    whole(file, 1, 8); // ir_version
    bytes(file, 8, opset.toByteArray());
    bytes(file, 7, graph.toByteArray());
    return file.toByteArray();
  }

  /** {@code ValueInfoProto} of float32, its first axis any batch. */
  private static byte[] value(String name, int... dims) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    text(batch, 2, "n");
    bytes(shape, 1, batch.toByteArray());
    for (int dim : dims) {
      ByteArrayOutputStream axis = new ByteArrayOutputStream();
      whole(axis, 1, dim);
      bytes(shape, 1, axis.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    whole(tensor, 1, 1);
    bytes(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    bytes(type, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    text(info, 1, name);
    bytes(info, 2, type.toByteArray());
    return info.toByteArray();
  }

  private static void text(ByteArrayOutputStream to, int field, String text) {
    bytes(to, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream to, int field, byte[] content) {
    varint(to, field << 3 | 2);
    varint(to, content.length);
    to.writeBytes(content);
  }

  private static void whole(ByteArrayOutputStream to, int field, int value) {
    varint(to, field << 3);
    varint(to, value);
  }

  private static void varint(ByteArrayOutputStream to, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      to.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    to.write(rest);
  }
}
