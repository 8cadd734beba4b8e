package io.octnet.layers;

import io.octnet.tensor.BufferPool;
import io.octnet.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Weights without values, for rehearsing a model on a back-end that computes nothing: it then needs
 * no weights, and leaves the real ones, their gradients and moving statistics alone.
 */
public final class StandIns {
  private static final ScopedValue<StandIns> SCOPED = ScopedValue.newInstance();

  private final BufferPool pool = BufferPool.counting();
  private final Map<Parameter, Tensor> tensors = new IdentityHashMap<>();

  private StandIns() {}

  /** Runs something during which every {@link Parameter#tensor()} is a stand-in. */
  public static void during(Consumer<StandIns> rehearsal) {
    StandIns all = new StandIns();
    ScopedValue.where(SCOPED, all).run(() -> rehearsal.accept(all));
  }

  /** The one of a weight; null outside a rehearsal. */
  static Tensor of(Parameter parameter) {
    return SCOPED.isBound()
        ? SCOPED.get().tensors.computeIfAbsent(parameter, SCOPED.get()::make)
        : null;
  }

  private Tensor make(Parameter parameter) {
    return Tensor.allocate(pool, parameter.shape()).requireGrad(parameter.isTrainable());
  }

  /** Drops all gradients, as an optimizer does. */
  public void zeroGrads() {
    tensors.values().forEach(Tensor::zeroGrad);
  }
}
