package io.octnet.fusion;

import io.octnet.compute.Compute;
import io.octnet.fusion.Pattern.Match;
import io.octnet.layers.BatchNormalization;
import java.util.List;

/** A norm, and a ReLU if there is one. */
record FusedNorm(Match match) implements FusedLayers {
  @Override
  public int place() {
    return match.last();
  }

  @Override
  public List<Integer> inputs() {
    return match.graph().inputs(match.first());
  }

  @Override
  public int replaceable() {
    return 0;
  }

  @Override
  public Operation prepare(Compute compute, boolean replaces) {
    KnownNorm norm = KnownNorm.of(match.layer(0, BatchNormalization.class));
    return new ScaleShiftOperation(compute, norm, match.has(1), replaces);
  }
}
