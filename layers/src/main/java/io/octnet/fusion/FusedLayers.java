package io.octnet.fusion;

import io.octnet.compute.Compute;
import java.util.List;

/** Layers that inference computes together: what they read, and what they become. */
interface FusedLayers {
  /** The place whose value they compute. */
  int place();

  /** The places that they read. */
  List<Integer> inputs();

  /** Whether they can read a concatenation's parts in place of its result. */
  default boolean readsParts() {
    return false;
  }

  /** Which of the inputs the result can take the place of: one of its shape; -1 for none. */
  int replaceable();

  /**
   * Reads the weights as they are now.
   *
   * @param replaces whether the result may take that place, since nobody reads it later
   * @return to be closed by whoever runs it
   */
  Operation prepare(Compute compute, boolean replaces);
}
