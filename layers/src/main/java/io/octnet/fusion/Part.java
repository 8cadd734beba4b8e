package io.octnet.fusion;

import io.octnet.layers.Pass;
import io.octnet.ops.Unnormalized;

/** A part of a fused training step: what one row of the table became. */
interface Part {
  /** Whether it begins with a norm that takes the statistics of the batch in this pass. */
  boolean normalizes(Pass pass);

  /**
   * Computes it.
   *
   * @param x not released
   * @param forNorm whether the part behind it {@link #normalizes}, and so takes the sums of the
   *     channels, and undoes the ReLU
   * @return one hold of the caller's
   */
  Unnormalized run(Unnormalized x, Pass pass, boolean forNorm);
}
