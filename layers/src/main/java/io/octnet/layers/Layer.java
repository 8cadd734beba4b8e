package io.octnet.layers;

import io.octnet.initializers.Initializer;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One step of a model: what Keras calls by the same name computes the same.
 *
 * <p>{@link #apply} builds it for the shapes it is applied to; a layer is applied once, so weights
 * are never shared. Shapes here lack the batch axis, tensors have it.
 */
public abstract class Layer {
  private final List<Parameter> parameters = new ArrayList<>();
  private String name;
  private boolean trainable = true;
  private Shape outputShape; // null: not built

  /**
   * Gives a name; without one, the model gives Keras's: {@code conv2d}, {@code conv2d_1}, ...
   * Layers with more to configure return their own type.
   */
  public Layer named(String newName) {
    if (newName.isBlank()) {
      throw new IllegalArgumentException("the name of a layer must not be blank");
    }
    this.name = newName;
    return this;
  }

  /** The name; null until it was given one. */
  public final String name() {
    return name;
  }

  /** Keras's class name: {@code Conv2D}. */
  public String className() {
    return getClass().getSimpleName();
  }

  /**
   * Keras's attributes by Keras's names, beside name, trainable and dtype: what tells this layer
   * from others of its class. Values are numbers, truths, texts, and lists of these.
   */
  public Map<String, Object> config() {
    return Map.of();
  }

  /** The stem of names that Keras makes up: {@code max_pooling2d} of MaxPooling2D. */
  public final String defaultName() {
    return className()
        .replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The result on these inputs, as a symbol.
   *
   * @throws IllegalStateException if the layer was applied before
   * @throws IllegalArgumentException if it cannot take inputs of these shapes
   */
  public final Symbol apply(Symbol... inputs) {
    requireUnbuilt();
    List<Symbol> list = List.of(inputs);
    try {
      outputShape = build(list.stream().map(Symbol::shape).toList());
    } catch (IllegalArgumentException e) {
      parameters.clear();
      throw e.getMessage().startsWith(text()) ? e : error("%s", e.getMessage());
    }
    return new Symbol(this, list, outputShape);
  }

  /** The shape of one example's output, which {@link #build} said; null before {@link #apply}. */
  public final Shape outputShape() {
    return outputShape;
  }

  /** Takes note of the input shapes, adds the weights, and says what the output's shape is. */
  protected abstract Shape build(List<Shape> inputs);

  /**
   * Computes the output. The result is one hold of the caller's; the inputs are not released.
   *
   * @param inputs each with the batch axis in front
   */
  public abstract Tensor forward(List<Tensor> inputs, Pass pass);

  /** For {@link #build}: adds a weight. */
  protected final Parameter addWeight(
      String weight, Shape shape, Initializer initializer, boolean learned) {
    Parameter parameter = new Parameter(this, weight, shape, initializer, learned);
    parameters.add(parameter);
    return parameter;
  }

  /** All weights in Keras's order: those learned first, then moving statistics. */
  public final List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /** Whether its weights are learned; true at first. */
  public final boolean isTrainable() {
    return trainable;
  }

  /** Freezes or thaws it. A frozen BatchNormalization also stops using batch statistics. */
  public final void setTrainable(boolean trainable) {
    this.trainable = trainable;
    parameters.forEach(Parameter::update);
  }

  /** For setters of what the weights' shapes depend on. */
  protected final void requireUnbuilt() {
    if (outputShape != null) {
      throw new IllegalStateException(
          Text.format(
              "the layer %s was applied already; its configuration is fixed, and it cannot be applied again: make another one",
              text()));
    }
  }

  /** For {@link #build}: an error about this layer. */
  protected final IllegalArgumentException error(String format, Object... arguments) {
    return new IllegalArgumentException(
        text() + ": " + String.format(Locale.ROOT, format, arguments));
  }

  /** For {@link #build}: the one input of (H, W, C). */
  protected final Shape image(List<Shape> inputs) {
    Shape shape = single(inputs);
    if (shape.rank() != 3) {
      throw error("needs images (H, W, C), received shape %s", shape);
    }
    return shape;
  }

  /** For {@link #build}: the one input. */
  protected final Shape single(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw error("takes one input, received %d", inputs.size());
    }
    return inputs.getFirst();
  }

  /** Multiply-adds for one example, as papers count them: those of convolutions and matrices. */
  public long multiplyAdds() {
    return 0;
  }

  private String text() {
    return name == null ? className() : className() + " " + name;
  }

  @Override
  public String toString() {
    return text();
  }
}
