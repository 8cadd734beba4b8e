package io.octnet.autograd;

import io.octnet.tensor.Producer;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;

/**
 * One recorded operation: its inputs, and the rule that turns the gradient of its output into
 * gradients of its inputs.
 *
 * <p>Ops extend this. A rule returns one gradient per input and never adds: only {@link Autograd}
 * accumulates. What the rule reads later is named as {@code saved}, so that its buffers live until
 * the rule has run, and no longer.
 */
public abstract class Node implements Producer {
  private final Tensor[] inputs;
  private final Tensor[] saved;
  private long sequence = -1;
  private boolean used;

  /**
   * @param inputs the tensors that may want gradients, in the order of {@link #backward}'s result;
   *     null where an optional input is absent
   * @param saved the tensors that {@link #backward} reads; null entries are ignored
   */
  protected Node(Tensor[] inputs, Tensor... saved) {
    this.inputs = inputs;
    this.saved = saved;
  }

  /** For constructors: the inputs as an array. */
  protected static Tensor[] inputs(Tensor... inputs) {
    return inputs;
  }

  /**
   * The gradients of the inputs.
   *
   * @param gradOutput the gradient of the output, of the output's shape. It may be overwritten and
   *     returned if it {@link Tensor#isExclusive() is exclusive}; to return it otherwise, retain it
   *     once for each place.
   * @return one tensor per input, of the input's shape; null where none is needed
   */
  protected abstract Tensor[] backward(Tensor gradOutput);

  /**
   * Gives back what the rule kept beside saved tensors; called once, after {@link #backward} or
   * instead of it.
   */
  protected void dispose() {}

  /** Whether the gradient of input {@code i} is wanted at all. */
  protected final boolean needsGrad(int i) {
    return inputs[i] != null && inputs[i].requiresGrad();
  }

  final Tensor[] inputs() {
    return inputs;
  }

  final long sequence() {
    return sequence;
  }

  final void record(long number) {
    sequence = number;
    for (Tensor tensor : saved) {
      if (tensor != null) {
        tensor.retain();
      }
    }
  }

  final Tensor[] run(Tensor gradOutput) {
    if (used) {
      throw new IllegalStateException(
          "backward was already run through this "
              + name()
              + "; compute the forward pass again before the next backward");
    }
    used = true;
    Tensor[] gradients = backward(gradOutput);
    release();
    if (gradients == null || gradients.length != inputs.length) {
      throw new IllegalStateException(
          Text.format(
              "backward of %s must return one gradient for each of its %d inputs, null for those that need none; it returned %s",
              name(), inputs.length, gradients == null ? "null" : gradients.length));
    }
    return gradients;
  }

  private void release() {
    for (Tensor tensor : saved) {
      if (tensor != null) {
        tensor.release();
      }
    }
    dispose();
  }

  final String name() {
    String simple = getClass().getSimpleName();
    return simple.isEmpty() ? getClass().getName() : simple; // of an anonymous class
  }
}
