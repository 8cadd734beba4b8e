package io.octnet.autograd;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Reverse-mode automatic differentiation: records operations as they run, and plays them backwards.
 *
 * <p>Nodes are numbered as they are recorded, so descending numbers are a reverse topological
 * order: by the time a node is reached, all uses of its output have added their part of its
 * gradient. The order of addition is that of the recording, reversed, hence the same in every run.
 */
public final class Autograd {
  private static final ScopedValue<Boolean> NO_GRAD = ScopedValue.newInstance();
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Autograd() {}

  /** Runs a computation without recording it: nothing is saved for a backward pass. */
  public static <T> T noGrad(Supplier<T> computation) {
    return ScopedValue.where(NO_GRAD, true).call(computation::get);
  }

  /** Whether operations are being recorded. */
  public static boolean isRecording() {
    return !NO_GRAD.isBound();
  }

  /**
   * For ops: links {@code output} to the node that computed it, if recording and if any input wants
   * a gradient.
   *
   * @return {@code output}
   */
  public static Tensor record(Tensor output, Node node) {
    if (isRecording() && wantsGrad(node)) {
      node.record(SEQUENCE.getAndIncrement());
      output.setProducer(node);
    } else {
      node.dispose();
    }
    return output;
  }

  private static boolean wantsGrad(Node node) {
    for (int i = 0; i < node.inputs().length; i++) {
      if (node.needsGrad(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds the gradients of a scalar to the leaves it was computed from.
   *
   * @throws NonFiniteLossException if the loss is NaN or infinite: no gradient is touched
   */
  public static void backward(Tensor loss) {
    if (loss.size() != 1) {
      throw new IllegalArgumentException(
          "backward needs a scalar loss, received shape "
              + loss.shape()
              + "; reduce it, or pass a gradient of its shape");
    }
    if (!Float.isFinite(loss.item())) {
      throw new NonFiniteLossException(loss.item());
    }
    backward(loss, Tensor.full(loss.shape(), 1));
  }

  /**
   * Adds {@code d(sum(output * gradOutput)) / d(leaf)} to the gradient of every leaf that wants
   * one.
   *
   * @throws IllegalStateException if nothing was recorded, or the recording was used before
   */
  public static void backward(Tensor output, Tensor gradOutput) {
    checkShape(output.shape(), gradOutput.shape(), "the output");
    if (!(output.producer() instanceof Node root)) {
      throw new IllegalStateException(
          "no operation was recorded for this tensor: it is a leaf, was computed in noGrad, or no input requires a gradient");
    }
    Map<Node, Tensor> pending = new HashMap<>();
    pending.put(root, gradOutput.retain()); // the caller's stays the caller's
    for (Node node : reverseOrder(root)) {
      Tensor grad = pending.remove(node);
      if (grad == null) {
        continue; // no path of nonzero gradients leads here
      }
      Tensor[] gradients = node.run(grad);
      grad.release(); // before delivery, so that a rule's in-place result is exclusive again
      deliver(node, gradients, pending);
    }
  }

  private static void deliver(Node node, Tensor[] gradients, Map<Node, Tensor> pending) {
    Tensor[] inputs = node.inputs();
    for (int i = 0; i < inputs.length; i++) {
      if (gradients[i] == null) {
        continue;
      }
      if (!node.needsGrad(i)) {
        gradients[i].release();
        continue;
      }
      checkShape(inputs[i].shape(), gradients[i].shape(), "input " + i + " of " + node.name());
      if (inputs[i].producer() instanceof Node producer) {
        pending.merge(producer, gradients[i], Autograd::add);
      } else {
        Tensor grad = inputs[i].grad();
        inputs[i].setGrad(grad == null ? own(gradients[i]) : add(grad, gradients[i]));
      }
    }
  }

  /** A leaf's gradient is its own: an optimizer may clip it in place without changing another. */
  private static Tensor own(Tensor grad) {
    if (grad.isExclusive()) {
      return grad;
    }
    Tensor copy = Tensor.allocate(Backend.compute().pool(), grad.shape());
    System.arraycopy(grad.data(), 0, copy.data(), 0, grad.size());
    grad.release();
    return copy;
  }

  /** The sum of two gradients, in the first one's buffer where nobody else reads it. */
  private static Tensor add(Tensor sum, Tensor grad) {
    Compute compute = Backend.compute();
    Tensor result = sum.isExclusive() ? sum : Tensor.allocate(compute.pool(), sum.shape());
    compute.add(sum.size(), sum.data(), grad.data(), result.data());
    if (result != sum) {
      sum.release();
    }
    grad.release();
    return result;
  }

  /**
   * All nodes below {@code root}, latest first; by iteration, since a deep network would overflow
   * the stack.
   */
  private static List<Node> reverseOrder(Node root) {
    Set<Node> seen = new HashSet<>(Set.of(root));
    ArrayDeque<Node> open = new ArrayDeque<>(List.of(root));
    List<Node> nodes = new ArrayList<>();
    while (!open.isEmpty()) {
      Node node = open.pop();
      nodes.add(node);
      for (Tensor input : node.inputs()) {
        if (input != null && input.producer() instanceof Node producer && seen.add(producer)) {
          open.push(producer);
        }
      }
    }
    nodes.sort(Comparator.comparingLong(Node::sequence).reversed());
    return nodes;
  }

  private static void checkShape(Shape expected, Shape received, String what) {
    if (!expected.equals(received)) {
      throw new IllegalArgumentException(
          "the gradient of " + what + " must have shape " + expected + ", received " + received);
    }
  }
}
