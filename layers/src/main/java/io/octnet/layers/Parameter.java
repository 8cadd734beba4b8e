package io.octnet.layers;

import io.octnet.initializers.Initializer;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;

/**
 * A weight of a layer: a name as Keras's (kernel, bias, gamma, beta, moving_mean, moving_variance),
 * a shape, and, once initialized or loaded, values. Its array stays the same one for life.
 */
public final class Parameter {
  private final Layer layer;
  private final String name;
  private final Shape shape;
  private final Initializer initializer;
  private final boolean learned;
  private Tensor tensor;

  Parameter(Layer layer, String name, Shape shape, Initializer initializer, boolean learned) {
    this.layer = layer;
    this.name = name;
    this.shape = shape;
    this.initializer = initializer;
    this.learned = learned;
  }

  /** Within its layer: {@code kernel}. */
  public String name() {
    return name;
  }

  /** Within its model: {@code conv2d/kernel}. */
  public String path() {
    return layer.name() + "/" + name;
  }

  /** The layer it belongs to. */
  public Layer layer() {
    return layer;
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** Whether an optimizer ever changes it: false for moving statistics. */
  public boolean isLearned() {
    return learned;
  }

  /** Whether an optimizer changes it now: it is learned, and its layer is not frozen. */
  public boolean isTrainable() {
    return learned && layer.isTrainable();
  }

  /** Whether it has values. */
  public boolean hasValues() {
    return tensor != null;
  }

  /**
   * The values.
   *
   * @throws IllegalStateException if there are none yet
   */
  public Tensor tensor() {
    Tensor standIn = StandIns.of(this);
    if (standIn != null) {
      return standIn;
    }
    if (tensor == null) {
      throw new IllegalStateException(
          "the weight " + path() + " has no values yet; initialize the model, or load weights");
    }
    return tensor;
  }

  /** Whether no value is NaN or infinite. */
  public boolean isFinite() {
    Tensor values = tensor();
    for (int i = 0; i < values.size(); i++) {
      if (!Float.isFinite(values.data()[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes a copy of these values; what was prepared of others is out of date then. */
  public void assign(float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          Text.format(
              "the weight %s has shape %s, %d values, received %d",
              path(), shape, shape.size(), values.length));
    }
    if (tensor == null || !Arrays.equals(tensor.data(), values)) {
      System.arraycopy(values, 0, allocate(), 0, values.length);
      tensor.changed();
    }
  }

  /** Takes these values; the array becomes its own if it had none yet, so that none is copied. */
  public void adopt(float[] values) {
    if (tensor == null && values.length == shape.size()) {
      tensor = Tensor.of(shape, values);
      update();
    } else {
      assign(values);
    }
  }

  /** Takes its initial values from the stream that seed and path name. */
  public void initialize(long seed) {
    initializer.fill(shape, allocate(), RandomStream.of(seed, path(), 0));
    tensor.changed();
  }

  private float[] allocate() {
    if (tensor == null) {
      tensor = Tensor.zeros(shape);
      update();
    }
    return tensor.data();
  }

  /** Tells the tensor whether gradients are wanted. */
  void update() {
    if (tensor != null) {
      tensor.requireGrad(isTrainable());
    }
  }

  @Override
  public String toString() {
    return path() + shape;
  }
}
