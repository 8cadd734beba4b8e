package io.octnet.tensor;

import io.octnet.text.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A contiguous row-major array of floats with a shape, and its place in the graph of a computation:
 * a gradient, and what produced it. It has no mathematics; that lives in {@code ops}.
 *
 * <p><b>Buffers.</b> A tensor made by an op holds a buffer of a {@link BufferPool} and starts with
 * one hold, its creator's. Whoever needs the data for longer calls {@link #retain()}, whoever is
 * done calls {@link #release()}; the last release gives the buffer back. Releasing is an
 * optimisation: a tensor that is merely forgotten is garbage collected.
 *
 * <p><b>Threads.</b> Holds may be taken and given up by any thread, each by whoever has one; the
 * values and the gradient are not guarded.
 */
public final class Tensor {
  private static final VarHandle HOLDS = handle("holds", int.class);
  private static final VarHandle VERSION = handle("version", int.class);

  private final Shape shape;
  private final BufferPool pool; // null: the data is the user's
  private final Tensor base; // whose buffer this is a view of; null: it has its own
  private float[] data;
  private volatile int holds = 1; // of a pool's buffer; changed through HOLDS
  private boolean requiresGrad;
  private Tensor grad;
  private Producer producer;
  private volatile int version;

  private Tensor(Shape shape, float[] data, BufferPool pool, Tensor base) {
    this.shape = shape;
    this.data = data;
    this.pool = pool;
    this.base = base;
  }

  /**
   * A tensor over an existing array, which is not copied.
   *
   * @throws IllegalArgumentException if the array does not have exactly the elements of the shape
   */
  public static Tensor of(Shape shape, float... data) {
    if (data.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " elements, received " + data.length);
    }
    return new Tensor(shape, data, null, null);
  }

  /** A single number. */
  public static Tensor scalar(float value) {
    return new Tensor(Shape.scalar(), new float[] {value}, null, null);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()], null, null);
  }

  /** A tensor of equal values. */
  public static Tensor full(Shape shape, float value) {
    Tensor tensor = zeros(shape);
    Arrays.fill(tensor.data, value);
    return tensor;
  }

  /** A tensor on a buffer of the pool, with undefined contents. */
  public static Tensor allocate(BufferPool pool, Shape shape) {
    return new Tensor(shape, pool.acquire(shape.size()), pool, null);
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  /** The length of one axis; negative axes count from the end. */
  public int dim(int axis) {
    return shape.dim(axis);
  }

  /**
   * The elements themselves, row-major, not a copy: the first {@link #size()} of the array, which
   * may be longer where a large buffer of a pool was used again.
   *
   * @throws IllegalStateException if the buffer was given back
   */
  public float[] data() {
    float[] elements = data;
    if (elements == null) {
      throw released();
    }
    return elements;
  }

  private IllegalStateException released() {
    return new IllegalStateException(
        "the buffer of this tensor of shape "
            + shape
            + " was released; retain() it before it is to be read later");
  }

  /** A copy of the elements, row-major, exactly {@link #size()} of them. */
  public float[] toArray() {
    return Arrays.copyOf(data(), size());
  }

  /**
   * How often the values were changed in place, by those who say so: whoever keeps something that
   * was computed of them can tell whether it is out of date.
   */
  public int version() {
    return version;
  }

  /** To be called by whoever wrote into {@link #data()} of a tensor that others may keep. */
  public void changed() {
    VERSION.getAndAdd(this, 1);
  }

  /** The one element of a tensor of size 1. */
  public float item() {
    if (size() != 1) {
      throw new IllegalStateException(
          "item() needs a tensor of one element, this one has shape " + shape);
    }
    return data()[0];
  }

  /** Keeps the buffer until one more {@link #release()}. */
  public Tensor retain() {
    if (pool == null) {
      return this;
    }
    int before;
    do {
      before = holds;
      if (before == 0) {
        throw released();
      }
    } while (!HOLDS.compareAndSet(this, before, before + 1));
    return this;
  }

  /**
   * Gives up one hold; the last one returns the buffer to its pool. Memory that is the user's is
   * left alone.
   */
  public void release() {
    if (pool == null) {
      return;
    }
    int before;
    do {
      before = holds;
      if (before == 0) {
        return;
      }
    } while (!HOLDS.compareAndSet(this, before, before - 1));
    if (before == 1) {
      float[] buffer = data;
      data = null;
      if (base == null) {
        pool.release(buffer);
      } else {
        base.release();
      }
    }
  }

  /** Whether nobody else holds this pooled buffer, so that an op may overwrite it. */
  public boolean isExclusive() {
    return pool != null && holds == 1 && (base == null || base.isExclusive());
  }

  /** Whether a gradient is wanted for this tensor, or flows through it. */
  public boolean requiresGrad() {
    return requiresGrad;
  }

  /** Marks a leaf (a parameter, an input to be examined) as wanting a gradient. */
  public Tensor requireGrad(boolean wanted) {
    requiresGrad = wanted;
    return this;
  }

  /** The accumulated gradient of a leaf, of the same shape; null before any backward pass. */
  public Tensor grad() {
    return grad;
  }

  /** Sets the gradient; for {@code autograd} and optimizers. */
  public void setGrad(Tensor grad) {
    this.grad = grad;
  }

  /** Drops the gradient, giving its buffer back. */
  public void zeroGrad() {
    if (grad != null) {
      grad.release();
      grad = null;
    }
  }

  /** What produced this tensor; null for leaves. */
  public Producer producer() {
    return producer;
  }

  /** Links this tensor to what produced it; for {@code autograd}. */
  public void setProducer(Producer producer) {
    this.producer = producer;
    this.requiresGrad = true;
  }

  /** The same data outside the graph: no gradient flows through the result, a {@link #view}. */
  public Tensor detach() {
    return view(shape);
  }

  /**
   * The same elements in another shape, outside the graph and without a copy. The view is one more
   * hold on the buffer, until it is released itself.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor view(Shape newShape) {
    if (newShape.size() != shape.size()) {
      throw new IllegalArgumentException(
          Text.format(
              "%d elements of shape %s cannot be viewed as shape %s, which has %d",
              size(), shape, newShape, newShape.size()));
    }
    return new Tensor(newShape, data(), pool, pool == null ? null : retain());
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Tensor.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public String toString() {
    return "Tensor" + shape + (requiresGrad ? " requiring grad" : "");
  }
}
