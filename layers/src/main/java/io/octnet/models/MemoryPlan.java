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
        Float.BYTES * new Replay(model, batchSize, true).training(),
        Float.BYTES * new Replay(model, batchSize, false).inference());
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

  /** A program run forwards and backwards, with buffers that have no contents. */
  private static final class Replay {
    private final List<Node> nodes;
    private final List<Step> steps;
    private final int[] unread;
    private final int batchSize;
    private final Buffer[] values;
    private final Buffer[] gradients;
    private final boolean[] wantsGradient;
    private long used;
    private long peak;

    Replay(Model model, int batchSize, boolean training) {
      this.nodes = model.nodes();
      this.steps = model.program(training).steps();
      this.unread = model.program(training).readers();
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
      for (Step step : steps.reversed()) {
        if (gradients[step.place()] != null) {
          backward(step);
        }
      }
      return peak;
    }

    private void forward(boolean recording) {
      values[0] = new Buffer(0); // the batch is the caller's
      for (Step step : steps) {
        int place = step.place();
        Footprint footprint = step.kernel().footprint();
        Buffer input = values[step.inputs().getFirst()];
        values[place] = footprint.view() ? retain(input) : acquire(size(place));
        wantsGradient[place] =
            recording && (learns(step) || step.inputs().stream().anyMatch(k -> wantsGradient[k]));
        if (wantsGradient[place]) {
          keep(step);
        }
        for (int k : step.inputs()) {
          if (--unread[k] == 0) {
            release(values[k]);
          }
        }
      }
    }

    private void keep(Step step) {
      Footprint footprint = step.kernel().footprint();
      if (footprint.keepsInput()) {
        step.inputs().forEach(k -> retain(values[k]));
      }
      if (footprint.keepsOutput()) {
        retain(values[step.place()]);
      }
    }

    private void letGo(Step step) {
      Footprint footprint = step.kernel().footprint();
      if (footprint.keepsInput()) {
        step.inputs().forEach(k -> release(values[k]));
      }
      if (footprint.keepsOutput()) {
        release(values[step.place()]);
      }
    }

    private void backward(Step step) {
      Footprint footprint = step.kernel().footprint();
      Buffer dy = gradients[step.place()];
      boolean mayOverwrite = dy.holds == 1;
      trained(step).forEach(p -> acquire(p.shape().size()));
      List<Integer> wanted = step.inputs().stream().filter(k -> wantsGradient[k]).toList();
      List<Buffer> results =
          wanted.stream().map(k -> inputGradient(footprint, dy, mayOverwrite, k)).toList();
      release(dy);
      letGo(step);
      for (int j = 0; j < results.size(); j++) {
        int k = wanted.get(j);
        gradients[k] = gradients[k] == null ? results.get(j) : sum(gradients[k], results.get(j));
      }
    }

    private Buffer inputGradient(Footprint footprint, Buffer dy, boolean mayOverwrite, int place) {
      if (footprint.gradient() == InputGradient.OVER_INPUT && values[place].holds == 1) {
        return retain(values[place]);
      }
      boolean shared =
          footprint.gradient() == InputGradient.SAME
              || footprint.gradient() == InputGradient.IN_PLACE && mayOverwrite;
      return shared ? retain(dy) : acquire(size(place));
    }

    private Buffer sum(Buffer sum, Buffer gradient) {
      Buffer result = sum.holds == 1 ? sum : acquire(sum.size);
      if (result != sum) {
        release(sum);
      }
      release(gradient);
      return result;
    }

    private static boolean learns(Step step) {
      return !trained(step).isEmpty();
    }

    private static List<Parameter> trained(Step step) {
      return step.kernel().layers().stream()
          .flatMap(layer -> layer.parameters().stream())
          .filter(Parameter::isTrainable)
          .toList();
    }

    private long size(int place) {
      return (long) batchSize * nodes.get(place).shape().size();
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
