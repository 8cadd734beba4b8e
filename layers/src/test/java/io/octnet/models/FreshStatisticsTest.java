package io.octnet.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Dense;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Parameter;
import io.octnet.optimizers.SGD;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshStatisticsTest {
  private static final float[][] BATCHES = {{1, 2, 3, 6}, {-2, 0, 5, 1}, {4, 8, 0, 0}};

  /** Three batches of two examples of two numbers. */
  private static final BatchSource SOURCE =
      new BatchSource() {
        @Override
        public int steps() {
          return 3;
        }

        @Override
        public int examples() {
          return 6;
        }

        @Override
        public Batches open(int epoch, int firstStep) {
          return new Batches() {
            private int next = firstStep;

            @Override
            public Batch next() {
              return next == 3
                  ? null
                  : new Batch(Tensor.of(Shape.of(2, 2), BATCHES[next++]), new int[] {0, 1});
            }

            @Override
            public void close() {}
          };
        }
      };

  private static Model model() {
    var x = new BatchNormalization().named("norm").apply(InputLayer.input(Shape.of(2)));
    return Model.of(
            "tiny",
            new Dense(2)
                .activation(io.octnet.layers.ActivationFunction.SOFTMAX)
                .named("end")
                .apply(x))
        .initialize(1);
  }

  private static float[] weights(Model model, String name) {
    Parameter found =
        model.layer("norm").parameters().stream()
            .filter(p -> p.path().contains(name))
            .findFirst()
            .orElseThrow();
    return found.tensor().data();
  }

  private static void estimate(Model model, int examples) {
    try (FrozenPart frozen = new FrozenPart(model, false)) {
      FreshStatistics.estimate(frozen, SOURCE, 0, examples, 7);
    }
  }

  @Test
  void areThePlainMeanOverTheBatches() {
    Model model = model();
    estimate(model, 100);

    // batch means: (2, 4), (1.5, 0.5), (2, 4); biased variances: (1, 4), (12.25, 0.25), (4, 16)
    assertThat(weights(model, "moving_mean")[0]).isCloseTo((2 + 1.5f + 2) / 3, within(1e-5f));
    assertThat(weights(model, "moving_mean")[1]).isCloseTo((4 + 0.5f + 4) / 3, within(1e-5f));
    assertThat(weights(model, "moving_variance")[0]).isCloseTo(17.25f / 3, within(1e-4f));
    assertThat(weights(model, "moving_variance")[1]).isCloseTo(20.25f / 3, within(1e-4f));
  }

  @Test
  void takeNoMoreExamplesThanWanted() {
    Model model = model();
    estimate(model, 2);
    assertThat(weights(model, "moving_mean")).startsWith(2f, 4f);
  }

  @Test
  void leaveMomentumWeightsAndFrozenNormsAlone() {
    Model model = model();
    ((BatchNormalization) model.layer("norm")).momentum(0.75);
    estimate(model, 100);
    assertThat(((BatchNormalization) model.layer("norm")).momentum()).isEqualTo(0.75);
    assertThat(model.parameters()).allMatch(p -> p.tensor().grad() == null);

    Model frozen = model();
    frozen.layer("norm").setTrainable(false);
    estimate(frozen, 100);
    assertThat(weights(frozen, "moving_mean")).startsWith(0f, 0f);
  }

  @Test
  void changeNothingThatIsTrained() {
    Model plain = model();
    Model fresh = model();
    new Trainer(plain, new SGD(0.1f)).callbacks(List.of()).fit(SOURCE, null, 3);
    new Trainer(fresh, new SGD(0.1f)).freshStatistics(4).fit(SOURCE, null, 3);

    for (String layer : List.of("end", "norm")) {
      for (int i = 0; i < 2; i++) { // gamma and beta; kernel and bias
        assertThat(fresh.layer(layer).parameters().get(i).tensor().data())
            .containsExactly(plain.layer(layer).parameters().get(i).tensor().data());
      }
    }
    assertThat(weights(fresh, "moving_mean")).isNotEqualTo(weights(plain, "moving_mean"));
  }
}
