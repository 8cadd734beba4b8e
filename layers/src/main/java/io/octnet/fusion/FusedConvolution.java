package io.octnet.fusion;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.fusion.Pattern.Match;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.ZeroPadding2D;
import java.util.List;

/**
 * A convolution, what stands before it (padding, or a norm with or without ReLU) and what follows
 * (a norm, the sum with a shortcut, a ReLU), each part optional.
 */
final class FusedConvolution implements FusedLayers {
  private final Match match;
  private final Conv2D conv;
  private final ZeroPadding2D padding;
  private final BatchNormalization inputNorm;
  private final boolean inputRelu;
  private final BatchNormalization norm;
  private final int shortcut; // the place it adds; -1: none
  private final boolean relu;

  /**
   * Of layers that fit a row.
   *
   * @param at the element that is the convolution: before it stands padding (0), or a norm (0) and
   *     a ReLU (1); behind it norm, sum and ReLU, or nothing
   */
  FusedConvolution(Match match, int at) {
    this.match = match;
    this.conv = match.layer(at, Conv2D.class);
    this.padding = at == 1 ? match.layer(0, ZeroPadding2D.class) : null;
    this.inputNorm = at == 2 ? match.layer(0, BatchNormalization.class) : null;
    this.inputRelu = at == 2 && match.has(1);
    boolean ends = match.places().length == at + 1;
    this.norm = ends ? null : match.layer(at + 1, BatchNormalization.class);
    this.shortcut = ends || !match.has(at + 2) ? -1 : other(match, at);
    this.relu = conv.activation() == ActivationFunction.RELU || !ends && match.has(at + 3);
  }

  /** What the sum adds to the convolution. */
  private static int other(Match match, int at) {
    int own = match.has(at + 1) ? match.places()[at + 1] : match.places()[at];
    List<Integer> both = match.graph().inputs(match.places()[at + 2]);
    return both.get(0) == own ? both.get(1) : both.get(0);
  }

  @Override
  public int place() {
    return match.last();
  }

  @Override
  public List<Integer> inputs() {
    int x = match.graph().inputs(match.first()).getFirst();
    return shortcut < 0 ? List.of(x) : List.of(x, shortcut);
  }

  /** A 1x1 kernel reads each pixel by itself, and all of them. */
  @Override
  public boolean readsParts() {
    ConvGeometry g = conv.geometry(1);
    return shortcut < 0
        && padding == null
        && g.kernelHeight() == 1
        && g.kernelWidth() == 1
        && g.strideHeight() == 1
        && g.strideWidth() == 1;
  }

  @Override
  public int replaceable() {
    return shortcut < 0 ? -1 : 1;
  }

  @Override
  public Operation prepare(Compute compute, boolean replaces) {
    return new ConvolutionOperation(compute, this, replaces);
  }

  ConvGeometry geometry() {
    ConvGeometry g = conv.geometry(1);
    if (padding == null) {
      return g;
    }
    int[] p = padding.padding(); // top, bottom, left, right
    return g.withPadding(p[0], p[1], p[2], p[3]);
  }

  Conv2D conv() {
    return conv;
  }

  /** Null for none. */
  KnownNorm knownInputNorm() {
    return inputNorm == null ? null : KnownNorm.of(inputNorm);
  }

  boolean inputRelu() {
    return inputRelu;
  }

  /** Null for none. */
  KnownNorm knownNorm() {
    return norm == null ? null : KnownNorm.of(norm);
  }

  boolean addsShortcut() {
    return shortcut >= 0;
  }

  boolean relu() {
    return relu;
  }
}
