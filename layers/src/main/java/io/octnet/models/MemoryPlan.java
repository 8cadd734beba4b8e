package io.octnet.models;

import io.octnet.layers.Footprint;
import io.octnet.layers.Footprint.InputGradient;
import io.octnet.layers.Parameter;
import java.util.List;

/**
 * The memory of tensors that training takes, known before it starts: the buffers of one step are
 * replayed by size alone, as the model and the tape hold and release them. The private scratch of
 * the back-end's kernels comes on top.
 *
 * @param batchSize examples a step
 * @param weightBytes of all weights
 * @param slotBytes of the optimizer's memory of trained weights
 * @param inputBytes of one batch
 * @param stepBytes the peak of activations and gradients in a training step
 * @param inferenceBytes the peak of activations in a prediction
 */
public record MemoryPlan(
    int batchSize,
    long weightBytes,
    long slotBytes,
    long inputBytes,
    long stepBytes,
    long inferenceBytes) {

  static MemoryPlan of(Model model, int batchSize, int slotsPerWeight) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least 1 example, received " + batchSize);
    }
    return new MemoryPlan(
        batchSize,
        Float.BYTES * model.parameterCount(),
        Float.BYTES * model.trainableParameterCount() * slotsPerWeight,
        (long) Float.BYTES * batchSize * model.inputShape().size(),
        Float.BYTES * new Replay(model, batchSize).training(),
        Float.BYTES * new Replay(model, batchSize).inference());
  }

  /** All of it together. */
  public long trainingBytes() {
    return weightBytes + slotBytes + inputBytes + stepBytes;
  }

  /** A buffer: its elements, and how many hold it. */
  private static final class Buffer {
    final long size;
    int holds = 1;

    Buffer(long size) {
      this.size = size;
    }
  }

  /** One step, buffers without contents. */
  private static final class Replay {
    private final List<Node> nodes;
    private final int[] readers;
    private final int batchSize;
    private final Buffer[] values;
    private final Buffer[] gradients;
    private final boolean[] wantsGradient;
    private long used;
    private long peak;

    Replay(Model model, int batchSize) {
      this.nodes = model.nodes();
      this.readers = model.readers();
      this.batchSize = batchSize;
      this.values = new Buffer[nodes.size()];
      this.gradients = new Buffer[nodes.size()];
      this.wantsGradient = new boolean[nodes.size()];
    }

    long inference() {
      forward(false);
      return peak;
    }

    long training() {
      forward(true);
      int last = nodes.size() - 1;
      gradients[last] = acquire(values[last].size);
      release(values[last]);
      for (int i = last; i > 0; i--) {
        if (gradients[i] != null) {
          backward(i);
        }
      }
      return peak;
    }

    private void forward(boolean recording) {
      values[0] = new Buffer(0); // the batch is the caller's
      for (int i = 1; i < values.length; i++) {
        Node node = nodes.get(i);
        Footprint footprint = node.layer().footprint();
        Buffer input = values[node.inputs().getFirst()];
        values[i] = footprint.view() ? retain(input) : acquire(size(i));
        wantsGradient[i] =
            recording && (learns(i) || node.inputs().stream().anyMatch(k -> wantsGradient[k]));
        if (wantsGradient[i]) {
          hold(i);
        }
        for (int k : node.inputs()) {
          if (--readers[k] == 0) {
            release(values[k]);
          }
        }
      }
    }

    private void hold(int i) {
      Footprint footprint = nodes.get(i).layer().footprint();
      if (footprint.keepsInput()) {
        nodes.get(i).inputs().forEach(k -> retain(values[k]));
      }
      if (footprint.keepsOutput()) {
        retain(values[i]);
      }
    }

    private void backward(int i) {
      Node node = nodes.get(i);
      Footprint footprint = node.layer().footprint();
      Buffer dy = gradients[i];
      for (Parameter parameter : node.layer().parameters()) {
        if (parameter.isTrainable()) {
          acquire(parameter.shape().size());
        }
      }
      List<Integer> wanted = node.inputs().stream().filter(k -> wantsGradient[k]).toList();
      boolean mayOverwrite = dy.holds == 1;
      List<Buffer> results =
          wanted.stream().map(k -> inputGradient(footprint, dy, mayOverwrite, k)).toList();
      release(dy);
      if (footprint.keepsInput()) {
        node.inputs().forEach(k -> release(values[k]));
      }
      if (footprint.keepsOutput()) {
        release(values[i]);
      }
      for (int j = 0; j < results.size(); j++) {
        int k = wanted.get(j);
        gradients[k] = gradients[k] == null ? results.get(j) : sum(gradients[k], results.get(j));
      }
    }

    private Buffer inputGradient(Footprint footprint, Buffer dy, boolean mayOverwrite, int input) {
      boolean shared =
          footprint.gradient() == InputGradient.SAME
              || footprint.gradient() == InputGradient.IN_PLACE && mayOverwrite;
      return shared ? retain(dy) : acquire(size(input));
    }

    private Buffer sum(Buffer sum, Buffer gradient) {
      Buffer result = sum.holds == 1 ? sum : acquire(sum.size);
      if (result != sum) {
        release(sum);
      }
      release(gradient);
      return result;
    }

    private boolean learns(int i) {
      return nodes.get(i).layer().parameters().stream().anyMatch(Parameter::isTrainable);
    }

    private long size(int i) {
      return (long) batchSize * nodes.get(i).shape().size();
    }

    private Buffer acquire(long size) {
      used += size;
      peak = Math.max(peak, used);
      return new Buffer(size);
    }

    private static Buffer retain(Buffer buffer) {
      buffer.holds++;
      return buffer;
    }

    private void release(Buffer buffer) {
      if (--buffer.holds == 0) {
        used -= buffer.size;
      }
    }
  }
}
