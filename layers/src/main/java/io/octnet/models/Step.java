package io.octnet.models;

import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * One step of a program.
 *
 * @param place of the node whose output it computes
 * @param inputs the places of what it reads
 */
record Step(int place, List<Integer> inputs, Kernel kernel) {

  /** What a step does. */
  interface Kernel {
    /**
     * Computes the output, one hold of the caller's.
     *
     * @param logits whether a closing softmax is left out
     */
    Tensor run(List<Tensor> inputs, Pass pass, boolean logits);

    /** The layers it computes together. */
    List<Layer> layers();

    /** What it means for the memory of a training step. */
    Footprint footprint();

    /** Which of its inputs the output takes the place of, if nobody else holds it; -1 for none. */
    default int replaces() {
      return -1;
    }

    /** Reads the weights for inference; they must not change until {@link #close()}. */
    default void prepare() {}

    /** How many elements of the pool that takes, for a batch of this size. */
    default long preparedLength(int batchSize) {
      return 0;
    }

    /** Gives up what the back-end keeps for it. */
    default void close() {}
  }
}
