package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Where examples enter a model. */
public final class InputLayer extends Layer implements Deterministic {
  private final Shape shape;

  private InputLayer(Shape shape) {
    this.shape = shape;
  }

  /** A place for examples of this shape, without the batch axis: {@code input(224, 224, 3)}. */
  public static Symbol input(int... shape) {
    return input(Shape.of(shape));
  }

  /** A place for examples of this shape, without the batch axis. */
  public static Symbol input(Shape shape) {
    return new InputLayer(shape).apply();
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return shape;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    throw new IllegalStateException("an input layer computes nothing; the model feeds it");
  }
}
