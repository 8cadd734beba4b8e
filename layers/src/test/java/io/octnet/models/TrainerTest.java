package io.octnet.models;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.callbacks.EarlyStopping;
import io.octnet.callbacks.Monitor;
import io.octnet.compute.Backend;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Parameter;
import io.octnet.layers.Symbol;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.BufferPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static Model model() {
    Symbol x = InputLayer.input(7, 5, 3);
    x = new BatchNormalization().apply(new Conv2D(6, 3).activation(RELU).apply(x));
    x = new Dropout(0.3).apply(new GlobalAveragePooling2D().apply(x));
    Model model = Model.of("small", new Dense(3).activation(SOFTMAX).apply(x));
    model.setBatchNormMomentum(0.9);
    return model.initialize(7);
  }

  private static Trainer trainer(Model model) {
    return new Trainer(model, new Adam(0.01)).seed(5);
  }

  private static BatchSource data(int examples) {
    return new ArraySource(model().inputShape(), examples, 3, 8, 11);
  }

  private static List<float[]> weights(Model model) {
    return model.parameters().stream().map(p -> p.tensor().data().clone()).toList();
  }

  @Test
  void aSmallNetworkLearnsItsTrainingSet() {
    Model model = model();
    BatchSource data = data(45);
    Evaluation before = trainer(model).evaluate(data);
    assertThat(trainer(model).fit(data, null, 40)).isEqualTo(Trainer.Outcome.DONE);
    Evaluation after = trainer(model).evaluate(data);
    assertThat(after.loss()).isLessThan(0.5 * before.loss());
    assertThat(after.accuracy()).isGreaterThan(0.8);
    assertThat(after.examples()).isEqualTo(45);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    Model one = model();
    Model two = model();
    trainer(one).fit(data(45), data(13), 3);
    trainer(two).fit(data(45), data(13), 3);
    assertThat(weights(one)).usingRecursiveComparison().isEqualTo(weights(two));
  }

  @Test
  void anInterruptedTrainingGoesOnWithTheSameBits() {
    Model straight = model();
    List<EpochReport> reports = new ArrayList<>();
    trainer(straight).callbacks(List.of(recorder(reports))).fit(data(45), data(13), 4);

    Model first = model();
    Trainer interrupted = trainer(first);
    interrupted.callbacks(
        List.of(
            new Callback() {
              @Override
              public void onStepEnd(Trainer trainer, StepReport report) {
                if (report.epoch() == 1 && report.step() == 2) {
                  trainer.interrupt();
                }
              }
            }));
    assertThat(interrupted.fit(data(45), data(13), 4)).isEqualTo(Trainer.Outcome.INTERRUPTED);
    assertThat(interrupted.epoch()).isEqualTo(1);
    assertThat(interrupted.step()).isEqualTo(3);
    TrainerState saved = interrupted.state();
    List<float[]> savedWeights = weights(first);

    Model second = model();
    for (int i = 0; i < savedWeights.size(); i++) {
      second.parameters().get(i).assign(savedWeights.get(i));
    }
    List<EpochReport> rest = new ArrayList<>();
    Trainer resumed = new Trainer(second, new Adam()).callbacks(List.of(recorder(rest)));
    resumed.restore(saved);
    assertThat(resumed.fit(data(45), data(13), 4)).isEqualTo(Trainer.Outcome.DONE);
    assertThat(weights(second)).usingRecursiveComparison().isEqualTo(weights(straight));
    assertThat(rest)
        .extracting(EpochReport::training)
        .isEqualTo(reports.subList(1, 4).stream().map(EpochReport::training).toList());
    assertThat(rest.getLast().validation()).isEqualTo(reports.getLast().validation());
  }

  private static Callback recorder(List<EpochReport> reports) {
    return new Callback() {
      @Override
      public void onEpochEnd(Trainer trainer, EpochReport report) {
        reports.add(report);
      }
    };
  }

  @Test
  void aLossThatIsNoNumberStopsWithTheWeightsOfBefore() {
    Model model = model();
    ArraySource data = (ArraySource) data(45);
    data.spoil(30, Float.NaN); // an example of the first epoch's later batches
    List<List<float[]>> good = new ArrayList<>();
    Trainer trainer =
        trainer(model)
            .callbacks(
                List.of(
                    new Callback() {
                      @Override
                      public void onStepEnd(Trainer t, StepReport report) {
                        good.add(weights(t.model()));
                      }
                    }));
    assertThatThrownBy(() -> trainer.fit(data, null, 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageMatching("the loss is NaN in epoch 1, step " + (good.size() + 1) + ";.*");
    List<Parameter> learned = model.parameters().stream().filter(Parameter::isLearned).toList();
    for (Parameter parameter : learned) {
      int place = model.parameters().indexOf(parameter);
      assertThat(parameter.tensor().data()).isEqualTo(good.getLast().get(place));
    }
  }

  @Test
  void aValidationLossThatIsNoNumberEndsTheEpochBeforeAnybodyIsTold() {
    ArraySource validation = (ArraySource) data(9);
    validation.spoil(3, Float.NaN);
    List<EpochReport> told = new ArrayList<>();
    Trainer trainer =
        trainer(model())
            .callbacks(
                List.of(
                    new Callback() {
                      @Override
                      public void onEpochEnd(Trainer t, EpochReport report) {
                        told.add(report);
                      }
                    }));

    assertThatThrownBy(() -> trainer.fit(data(45), validation, 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith("the validation loss is NaN in epoch 1;");
    assertThat(told).isEmpty();
  }

  @Test
  void aSteadyTrainingAllocatesNoTensors() {
    Trainer trainer = trainer(model());
    BufferPool pool = Backend.compute().pool();
    trainer.fit(data(48), null, 2);
    long allocations = pool.allocations();
    long inUse = pool.bytesInUse();
    trainer.fit(data(48), null, 5);
    assertThat(pool.allocations()).isEqualTo(allocations);
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
  }

  @Test
  void aFrozenModelIsRefused() {
    Model model = model();
    model.setTrainable(layer -> false);
    assertThatThrownBy(() -> trainer(model).fit(data(9), null, 1))
        .hasMessageContaining("nothing to train: all layers of small are frozen");
  }

  @Test
  void afterAStopMoreEpochsAreTrained() {
    Trainer trainer = trainer(model());
    EarlyStopping stopping = new EarlyStopping(Monitor.LOSS, 2, null);
    List<EpochReport> reports = new ArrayList<>();
    trainer.callbacks(List.of(recorder(reports), stopping));
    trainer.optimizer().setLearningRate(0); // the loss goes nowhere
    assertThat(trainer.fit(data(9), null, 100)).isEqualTo(Trainer.Outcome.STOPPED);
    int first = reports.size();
    assertThat(trainer.fit(data(9), null, 100)).isEqualTo(Trainer.Outcome.STOPPED);
    assertThat(reports.size() - first).isGreaterThanOrEqualTo(2);
    assertThat(trainer.fit(data(9), null, reports.size() + 1)).isEqualTo(Trainer.Outcome.DONE);
  }

  @Test
  void aRestoredStopIsStillAStop() {
    Trainer trainer = trainer(model()).callbacks(List.of(stopper()));
    assertThat(trainer.fit(data(9), null, 9)).isEqualTo(Trainer.Outcome.STOPPED);
    Trainer resumed = trainer(model()).callbacks(List.of(stopper()));
    resumed.restore(trainer.state());
    assertThat(resumed.fit(data(9), null, 9)).isEqualTo(Trainer.Outcome.STOPPED);
    assertThat(resumed.epoch()).isEqualTo(1);
  }

  private static Callback stopper() {
    return new Callback() {
      @Override
      public void onEpochEnd(Trainer trainer, EpochReport report) {
        trainer.stopTraining();
      }
    };
  }

  @Test
  void anInterruptBeforeTheFirstStepIsHeardOnce() {
    Model model = model();
    List<float[]> before = weights(model);
    Trainer trainer = trainer(model);
    trainer.interrupt();
    assertThat(trainer.fit(data(9), null, 1)).isEqualTo(Trainer.Outcome.INTERRUPTED);
    assertThat(weights(model)).usingRecursiveComparison().isEqualTo(before);
    assertThat(trainer.fit(data(9), null, 1)).isEqualTo(Trainer.Outcome.DONE);
  }

  @Test
  void aSourceWithoutExamplesIsRefused() {
    BatchSource none = data(0);
    assertThatThrownBy(() -> trainer(model()).fit(none, null, 1))
        .hasMessage("nothing to train on: the source says it has 0 examples in 0 batches");
    assertThatThrownBy(() -> trainer(model()).fit(data(9), none, 1))
        .hasMessageContaining("nothing to validate on");
    assertThatThrownBy(() -> trainer(model()).evaluate(none))
        .hasMessageContaining("nothing to evaluate on");
    BatchSource liar =
        new BatchSource() {
          @Override
          public int steps() {
            return 2;
          }

          @Override
          public int examples() {
            return 9;
          }

          @Override
          public Batches open(int epoch, int firstStep) {
            return none.open(epoch, firstStep);
          }
        };
    assertThatThrownBy(() -> trainer(model()).fit(liar, null, 1))
        .hasMessage("the source of training gave no batch in epoch 1, it had promised 2");
  }

  @Test
  void aSecondFitBesideARunningOneIsRefused() {
    Trainer trainer = trainer(model());
    List<Throwable> refusals = new ArrayList<>();
    Callback second =
        new Callback() {
          @Override
          public void onStepEnd(Trainer running, StepReport report) {
            Thread other =
                new Thread(
                    () -> {
                      try {
                        running.fit(data(9), null, 1);
                      } catch (IllegalStateException e) {
                        refusals.add(e);
                      }
                    });
            other.start();
            try {
              other.join(10_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThat(trainer.callbacks(List.of(second)).fit(data(8), null, 1))
        .isEqualTo(Trainer.Outcome.DONE);
    assertThat(refusals).hasSize(1);
    assertThat(refusals.getFirst()).hasMessageContaining("this trainer of small trains already");
  }
}
