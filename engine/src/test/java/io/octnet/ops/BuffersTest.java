package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.ScalarCompute;
import io.octnet.gradcheck.Draw;
import io.octnet.gradcheck.GradCheck;
import io.octnet.gradcheck.OpSpec;
import io.octnet.gradcheck.OpSpecs;
import io.octnet.gradcheck.Trial;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may write into which buffer, and when it goes back to the pool; for every op. */
class BuffersTest {
  private static final int SHAPES = 20;

  static Stream<OpSpec> ops() {
    return OpSpecs.ALL.stream();
  }

  private static List<Tensor> leaves(Trial trial, boolean requireGrad) {
    return trial.inputs().stream()
        .map(input -> Tensor.of(input.shape(), input.data().clone()).requireGrad(requireGrad))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everyBufferReturnsToThePool(OpSpec spec) throws Exception {
    for (int seed = 0; seed < SHAPES; seed++) {
      Trial trial = spec.draw().apply(Draw.random(seed));
      ScalarCompute compute = new ScalarCompute();
      Backend.with(
          compute,
          () -> {
            List<Tensor> leaves = leaves(trial, true);
            Tensor y = trial.computation().apply(leaves);
            Autograd.backward(y, Tensor.full(y.shape(), 1));
            y.release();
            leaves.forEach(Tensor::zeroGrad);
            assertThat(compute.pool().bytesInUse()).as("after backward of %s", trial).isZero();
            trial.computation().apply(leaves(trial, false)).release();
            assertThat(compute.pool().bytesInUse()).as("unrecorded %s", trial).isZero();
            Autograd.noGrad(() -> trial.computation().apply(leaves)).release();
            assertThat(compute.pool().bytesInUse()).as("in noGrad %s", trial).isZero();
            return null;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("ops")
  void neitherInputsNorTheCallersGradientAreWrittenTo(OpSpec spec) {
    for (int seed = 0; seed < SHAPES; seed++) {
      Trial trial = spec.draw().apply(Draw.random(seed));
      List<Tensor> leaves = leaves(trial, true);
      Tensor y = trial.computation().apply(leaves);
      Tensor pooled = Tensor.allocate(Backend.compute().pool(), y.shape());
      Arrays.fill(pooled.data(), 0, pooled.size(), 3);
      Autograd.backward(y, pooled);
      for (int i = 0; i < leaves.size(); i++) {
        assertThat(leaves.get(i).data()).isEqualTo(trial.inputs().get(i).data());
        assertThat(leaves.get(i).grad().data()).isNotSameAs(pooled.data());
      }
      assertThat(pooled.data()).containsOnly(3);
    }
  }

  @ParameterizedTest
  @MethodSource("ops")
  void aGradientThatTheOpAloneHoldsMayBeOverwrittenAndSharedOnesAreNot(OpSpec spec) {
    for (int seed = 0; seed < SHAPES; seed++) {
      Trial trial = spec.draw().apply(Draw.random(seed));
      Trial alone =
          Trial.of(
              trial.parameters(),
              in -> Scale.scale(trial.computation().apply(in), 2),
              trial.inputs().toArray(new Tensor[0]));
      assertThat(GradCheck.check(alone, seed).passed()).as("alone: %s", trial).isTrue();
      Trial shared =
          Trial.of(
              trial.parameters(),
              in -> {
                Tensor y = trial.computation().apply(in);
                return Add.add(Scale.scale(Add.add(y, Scale.scale(y, 3)), 2), y);
              },
              trial.inputs().toArray(new Tensor[0]));
      assertThat(GradCheck.check(shared, seed).passed()).as("shared: %s", trial).isTrue();
    }
  }

  @Test
  void aReshapedTensorSharesTheBufferAndKeepsItAlive() throws Exception {
    ScalarCompute compute = new ScalarCompute();
    Backend.with(
        compute,
        () -> {
          Tensor x = Relu.relu(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
          Tensor y = Reshape.reshape(x, Shape.of(3, 2));
          assertThat(y.data()).isSameAs(x.data());
          x.release();
          assertThat(y.data()).containsExactly(1, 2, 3, 4, 5, 6);
          assertThat(compute.pool().bytesInUse()).isEqualTo(24);
          y.release();
          assertThat(compute.pool().bytesInUse()).isZero();
          return null;
        });
  }

  @Test
  void summedGradientsGoBackToThePool() throws Exception {
    ScalarCompute compute = new ScalarCompute();
    Backend.with(
        compute,
        () -> {
          Tensor x = Tensor.of(Shape.of(3), 1, 2, 3).requireGrad(true);
          Tensor h = Relu.relu(x);
          Tensor scaled = Scale.scale(h, 2);
          Tensor twice = Add.add(h, h); // its two gradients are one buffer, held twice
          Tensor y = Sum.sum(Add.add(twice, scaled));
          long forward = compute.pool().bytesInUse();
          Autograd.backward(y);
          assertThat(x.grad().data()).containsExactly(4, 4, 4);
          x.zeroGrad();
          assertThat(compute.pool().bytesInUse()).isEqualTo(forward);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("ops")
  void whatABufferHeldBeforeDoesNotMatter(OpSpec spec) throws Exception {
    for (int seed = 0; seed < SHAPES; seed++) {
      Trial trial = spec.draw().apply(Draw.random(seed));
      ScalarCompute compute = new ScalarCompute();
      Backend.with(
          compute,
          () -> {
            List<float[]> clean = outputAndGradients(trial);
            poison(compute, clean);
            List<float[]> again = outputAndGradients(trial);
            for (int i = 0; i < clean.size(); i++) {
              assertThat(again.get(i)).as("%s", trial).isEqualTo(clean.get(i));
            }
            return null;
          });
    }
  }

  private static List<float[]> outputAndGradients(Trial trial) {
    List<Tensor> leaves = leaves(trial, true);
    Tensor y = trial.computation().apply(leaves);
    Autograd.backward(y, Tensor.full(y.shape(), 1));
    List<float[]> arrays = new ArrayList<>();
    arrays.add(y.data());
    leaves.forEach(leaf -> arrays.add(leaf.grad().data()));
    return arrays;
  }

  /** Leaves buffers full of NaN in the pool, several of each length. */
  private static void poison(ScalarCompute compute, List<float[]> arrays) {
    List<float[]> poisoned = new ArrayList<>();
    for (int copy = 0; copy < 3; copy++) {
      for (float[] array : arrays) {
        float[] buffer = compute.pool().acquire(array.length);
        Arrays.fill(buffer, Float.NaN);
        poisoned.add(buffer);
      }
    }
    poisoned.forEach(compute.pool()::release);
  }
}
