package io.octnet.models;

import java.util.Map;

/** Something that happens beside training. What it remembers can be saved and restored. */
public interface Callback {

  /** Before the first step, also of a resumed training. */
  default void onTrainBegin(Trainer trainer) {}

  /** Before the first step of an epoch. */
  default void onEpochBegin(Trainer trainer, int epoch) {}

  /** After a step: weights are changed, gradients gone. */
  default void onStepEnd(Trainer trainer, StepReport report) {}

  /** After an epoch and its validation. */
  default void onEpochEnd(Trainer trainer, EpochReport report) {}

  /** After the last epoch, or the one after which a callback stopped; not when interrupted. */
  default void onTrainEnd(Trainer trainer) {}

  /** What it must remember to go on after a restart. */
  default Map<String, String> state() {
    return Map.of();
  }

  /** Takes back what {@link #state()} gave. */
  default void restore(Map<String, String> state) {}
}
