package io.octnet.models;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.simd.SimdCompute;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Parameter;
import io.octnet.layers.Symbol;
import io.octnet.ops.Padding;
import io.octnet.optimizers.Adam;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns prepared weights and the back-end, and for how long: nothing is ever out of date. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InferenceOwnershipTest {
  private static final int THREADS = 4;

  private static Model model(boolean norms, long seed) {
    Symbol y = InputLayer.input(12, 12, 16);
    for (int i = 0; i < 2; i++) {
      y = new Conv2D(16, 3).padding(Padding.SAME).activation(RELU).apply(y);
      y = norms ? new BatchNormalization().apply(y) : y;
      y = new MaxPooling2D(2).apply(y);
    }
    y = new GlobalAveragePooling2D().apply(y);
    return Model.of("m", new Dense(4).activation(SOFTMAX).apply(y)).initialize(seed);
  }

  private static Tensor batch(long seed) {
    float[] values = new float[2 * 12 * 12 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = RandomStream.uniform(seed, i);
    }
    return Tensor.of(Shape.of(2, 12, 12, 16), values);
  }

  private static float[] predict(Inference inference, Tensor x) {
    Tensor y = inference.predict(x);
    float[] values = y.toArray();
    y.release();
    return values;
  }

  private static float[] fresh(Model model, Tensor x) {
    try (Inference inference = Inference.of(model)) {
      return predict(inference, x);
    }
  }

  private static void train(Model model) {
    Trainer trainer = new Trainer(model, new Adam(0.01));
    trainer.fit(new ArraySource(model.inputShape(), 16, 4, 4, 4), null, 2);
  }

  private static void onSimd(Runnable test) {
    try (Compute compute = new SimdCompute(2)) {
      Backend.with(
          compute,
          () -> {
            test.run();
            return null;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anOpenOneLeavesTrainingAlone(boolean norms) {
    onSimd(
        () -> {
          Tensor x = batch(1);
          Model alone = model(norms, 1);
          train(alone);
          Model watched = model(norms, 1);
          try (Inference open = Inference.of(watched)) {
            predict(open, x);
            train(watched);
          }
          assertThat(fresh(watched, x)).isEqualTo(fresh(alone, x));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onceWeightsHaveChangedItRefusesAndANewOneIsRight(boolean norms) {
    onSimd(
        () -> {
          Tensor x = batch(1);
          Model model = model(norms, 1);
          Model other = model(norms, 2);
          try (Inference open = Inference.of(model)) {
            predict(open, x);
            for (int i = 0; i < model.parameters().size(); i++) {
              model.parameters().get(i).assign(other.parameters().get(i).tensor().toArray());
            }
            assertThat(open.isStale()).isTrue();
            assertThatThrownBy(() -> open.predict(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("conv2d/kernel of m has changed");
            assertThat(fresh(model, x)).isEqualTo(fresh(other, x));
          }
        });
  }

  @Test
  void everyWayToChangeAWeightIsNoticed() {
    onSimd(
        () -> {
          Model model = model(true, 1);
          for (Parameter weight : model.parameters()) {
            try (Inference open = Inference.of(model)) {
              weight.assign(weight.tensor().toArray()); // no change
              assertThat(open.isStale()).isFalse();
              weight.tensor().data()[0] += 1;
              weight.tensor().changed();
              assertThat(open.isStale()).as(weight.path()).isTrue();
            }
          }
          try (Inference open = Inference.of(model)) {
            train(model);
            assertThat(open.isStale()).isTrue();
          }
        });
  }

  @Test
  void oneIsClosedWhileAnotherPredicts() throws Exception {
    Tensor x = batch(1);
    Model model = model(false, 1);
    try (Compute compute = new SimdCompute(2);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      float[] expected = Backend.with(compute, () -> fresh(model, x));
      Inference shared = Backend.with(compute, () -> Inference.of(model));
      Callable<Void> predicting =
          () -> {
            for (int i = 0; i < 10_000 / THREADS; i++) {
              assertThat(predict(shared, x)).isEqualTo(expected);
            }
            return null;
          };
      Callable<Void> openingAndClosing =
          () -> {
            for (int i = 0; i < 300; i++) {
              assertThat(Backend.with(compute, () -> fresh(model, x))).isEqualTo(expected);
            }
            return null;
          };
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS - 1; i++) {
        all.add(pool.submit(predicting));
      }
      all.add(pool.submit(openingAndClosing));
      all.add(pool.submit(predicting));
      for (Future<Void> one : all) {
        one.get();
      }
      shared.close();
      assertThat(compute.pool().bytesInUse()).isZero();
    }
  }

  @Test
  void closingItselfWhileItPredictsGivesTheResultOrOneClearError() throws Exception {
    Tensor x = batch(1);
    Model model = model(false, 1);
    try (Compute compute = new SimdCompute(2);
        ExecutorService pool = Executors.newFixedThreadPool(2)) {
      float[] expected = Backend.with(compute, () -> fresh(model, x));
      for (int round = 0; round < 200; round++) {
        Inference inference = Backend.with(compute, () -> Inference.of(model));
        Future<?> predicting =
            pool.submit(
                () -> {
                  try {
                    while (true) {
                      assertThat(predict(inference, x)).isEqualTo(expected);
                    }
                  } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                  }
                });
        inference.close();
        predicting.get();
      }
      assertThat(compute.pool().bytesInUse()).isZero();
    }
  }

  /** The first predictions once waited for each other: one for the workers, one for kernels. */
  @Test
  void firstPredictionsWithinTasksAndBesideThemDoNotBlockEachOther() throws Exception {
    Tensor x = batch(1);
    Model model = model(true, 1);
    try (Compute compute = new SimdCompute(2);
        ExecutorService beside = Executors.newSingleThreadExecutor()) {
      float[] expected = Backend.with(compute, () -> fresh(model, x));
      for (int round = 0; round < 30; round++) {
        Inference shared = Backend.with(compute, () -> Inference.of(model));
        Future<float[]> other = beside.submit(() -> predict(shared, x));
        compute.parallelFor(
            8,
            task ->
                Backend.with(
                    compute,
                    () -> {
                      assertThat(predict(shared, x)).isEqualTo(expected);
                      assertThat(fresh(model, x)).isEqualTo(expected);
                      return null;
                    }));
        assertThat(other.get()).isEqualTo(expected);
        shared.close();
      }
    }
  }

  @Test
  void manyThatNobodyClosesAreGarbage() {
    onSimd(
        () -> {
          Model model = model(false, 1);
          List<WeakReference<Inference>> dropped = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            dropped.add(new WeakReference<>(Inference.of(model)));
          }
          for (int i = 0; i < 50 && dropped.stream().anyMatch(d -> d.get() != null); i++) {
            System.gc();
          }
          assertThat(dropped).allMatch(d -> d.get() == null);
        });
  }

  @Test
  void itStaysOnItsBackEndWhenAnotherOneIsChosen() throws Exception {
    Tensor x = batch(1);
    Model model = model(true, 1);
    SimdCompute first = new SimdCompute(2);
    Compute before = Backend.compute();
    try (Backend.Lease keeps = Backend.lease()) {
      Backend.use(first);
      Inference inference = Inference.of(model);
      float[] expected = predict(inference, x);
      Backend.use(new SimdCompute(1));
      assertThat(predict(inference, x)).isEqualTo(expected);
      first.parallelFor(2, task -> {}); // still open
      inference.close();
      assertThatThrownBy(() -> first.parallelFor(2, task -> {})).hasMessageContaining("closed");
      assertThat(keeps.compute()).isSameAs(before);
      Backend.use(before);
    }
    before.parallelFor(2, task -> {});
  }
}
