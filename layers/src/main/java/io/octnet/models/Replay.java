package io.octnet.models;

import io.octnet.layers.Footprint;
import io.octnet.layers.Footprint.InputGradient;
import io.octnet.layers.Parameter;
import io.octnet.models.PlannedPool.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A program run forwards and backwards, with buffers that have no contents. */
final class Replay {
  private final List<Node> nodes;
  private final List<Step> steps;
  private final int[] unread;
  private final int batchSize;
  private final Buffer[] values;
  private final Buffer[] gradients;
  private final boolean[] wantsGradient;
  private final Buffer[] places;
  private final List<Buffer> weightGradients = new ArrayList<>();
  private final List<Buffer> prepared = new ArrayList<>();
  private final PlannedPool pool;

  Replay(Model model, Program program, int batchSize, PlannedPool pool) {
    this.nodes = model.nodes();
    this.steps = program.steps();
    this.unread = program.readers();
    this.batchSize = batchSize;
    this.pool = pool;
    this.values = new Buffer[nodes.size()];
    this.places = new Buffer[nodes.size()];
    this.gradients = new Buffer[nodes.size()];
    this.wantsGradient = new boolean[nodes.size()];
  }

  /** What inference keeps of the weights, until {@link #close()}. */
  Replay prepare() {
    for (Step step : steps) {
      long length = step.kernel().preparedLength(batchSize);
      if (length > 0) {
        prepared.add(pool.acquire(length));
      }
    }
    return this;
  }

  void close() {
    prepared.forEach(pool::release);
  }

  /** Forwards, of an input that it releases; the output is the caller's to release. */
  Buffer inference(Buffer x) {
    forward(x, false);
    return values[nodes.size() - 1];
  }

  /** Forwards and backwards, of an input that it releases. */
  void training(Buffer x) {
    forward(x, true);
    int last = nodes.size() - 1;
    gradients[last] = pool.acquire(size(last));
    pool.release(values[last]);
    for (Step step : steps.reversed()) {
      if (gradients[step.place()] != null) {
        backward(step);
      }
    }
    weightGradients.forEach(pool::release);
  }

  private void forward(Buffer x, boolean recording) {
    values[0] = x;
    for (Step step : steps) {
      int place = step.place();
      values[place] = output(step);
      wantsGradient[place] =
          recording && (learns(step) || step.inputs().stream().anyMatch(k -> wantsGradient[k]));
      if (wantsGradient[place]) {
        keep(step);
      }
      for (int k : step.inputs()) {
        if (--unread[k] == 0) {
          pool.release(values[k]);
        }
      }
    }
  }

  private Buffer output(Step step) {
    if (step.kernel().footprint().view()) {
      return values[step.inputs().getFirst()].retain();
    }
    int replaced = step.kernel().replaces();
    if (replaced >= 0 && values[step.inputs().get(replaced)].isExclusive()) {
      return values[step.inputs().get(replaced)].retain();
    }
    return pool.acquire(size(step.place()));
  }

  private void keep(Step step) {
    Footprint footprint = step.kernel().footprint();
    if (footprint.keepsInput()) {
      step.inputs().forEach(k -> values[k].retain());
    }
    if (footprint.keepsOutput()) {
      values[step.place()].retain();
    }
    if (footprint.keepsPlaces()) {
      places[step.place()] = pool.acquireBytes(size(step.place()));
    }
  }

  private void letGo(Step step) {
    Footprint footprint = step.kernel().footprint();
    if (footprint.keepsInput()) {
      step.inputs().forEach(k -> pool.release(values[k]));
    }
    if (footprint.keepsOutput()) {
      pool.release(values[step.place()]);
    }
    if (footprint.keepsPlaces()) {
      pool.releaseBytes(places[step.place()]);
    }
  }

  private void backward(Step step) {
    Footprint footprint = step.kernel().footprint();
    Buffer dy = gradients[step.place()];
    boolean mayOverwrite = dy.isExclusive();
    trained(step).forEach(p -> weightGradients.add(pool.acquire(p.shape().size())));
    List<Integer> wanted = step.inputs().stream().filter(k -> wantsGradient[k]).toList();
    List<Buffer> results =
        wanted.stream().map(k -> inputGradient(footprint, dy, mayOverwrite, k)).toList();
    pool.release(dy);
    letGo(step);
    for (int j = 0; j < results.size(); j++) {
      int k = wanted.get(j);
      gradients[k] = gradients[k] == null ? results.get(j) : sum(gradients[k], results.get(j));
    }
  }

  private Buffer inputGradient(Footprint footprint, Buffer dy, boolean mayOverwrite, int place) {
    if (footprint.gradient() == InputGradient.OVER_INPUT && values[place].isExclusive()) {
      return values[place].retain();
    }
    boolean shared =
        footprint.gradient() == InputGradient.SAME
            || footprint.gradient() == InputGradient.IN_PLACE && mayOverwrite;
    return shared ? dy.retain() : pool.acquire(size(place));
  }

  private Buffer sum(Buffer sum, Buffer gradient) {
    Buffer result = sum.isExclusive() ? sum : pool.acquire(sum.length());
    if (result != sum) {
      pool.release(sum);
    }
    pool.release(gradient);
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
}
