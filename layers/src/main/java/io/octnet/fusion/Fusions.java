package io.octnet.fusion;

import static io.octnet.fusion.Pattern.a;
import static io.octnet.fusion.Pattern.optional;

import io.octnet.fusion.Pattern.Element;
import io.octnet.fusion.Pattern.Match;
import io.octnet.graph.Graph;
import io.octnet.layers.Activation;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.ReLU;
import io.octnet.layers.ZeroPadding2D;
import java.util.List;
import java.util.function.Function;

/**
 * The table of what is computed together: the layers that a row matches, and what they become. At
 * each place, in topological order, the first row that fits is taken.
 */
final class Fusions {
  private Fusions() {}

  /**
   * One row.
   *
   * @param name what is computed together
   * @param <T> what it becomes
   */
  record Row<T>(String name, Pattern pattern, Function<Match, T> becomes) {}

  private static final Element NORM = a(BatchNormalization.class);
  private static final Element RELU = (graph, place) -> isRelu(graph.layer(place));
  private static final Element PADDING = a(ZeroPadding2D.class);
  private static final Element CONVOLUTION =
      (graph, place) -> graph.layer(place) instanceof Conv2D conv && conv.groups() == 1;

  /** A convolution whose result may still be changed before it is stored. */
  private static final Element LINEAR =
      (graph, place) ->
          CONVOLUTION.accepts(graph, place)
              && ((Conv2D) graph.layer(place)).activation() == ActivationFunction.LINEAR;

  /** A convolution with no other activation than a ReLU. */
  private static final Element RECTIFYING =
      (graph, place) ->
          LINEAR.accepts(graph, place)
              || CONVOLUTION.accepts(graph, place)
                  && ((Conv2D) graph.layer(place)).activation() == ActivationFunction.RELU;

  private static final Element FOR_NORM =
      (graph, place) ->
          RECTIFYING.accepts(graph, place) && NORM.accepts(graph, graph.soleReader(place));

  /** The sum with one other value, its shortcut. */
  private static final Element SUM =
      (graph, place) ->
          graph.layer(place) instanceof Add add
              && add.isOfOneShape()
              && graph.inputs(place).size() == 2;

  /** The mean over positions, of which no axes stay. */
  private static final Element MEAN =
      (graph, place) ->
          graph.layer(place) instanceof GlobalAveragePooling2D mean && !mean.keepsDims();

  private static final Element DROPOUT =
      (graph, place) -> graph.layer(place) instanceof Dropout drop && drop.isElementwise();

  /** Windows so small that a byte can hold a place in them, or that it was dropped. */
  private static final Element POOLING =
      (graph, place) -> graph.layer(place) instanceof MaxPooling2D pool && pool.places() < 256;

  /**
   * Training. The normalised values are never stored; a norm goes with what alone reads it, and a
   * convolution that a norm alone reads sums up its output for it.
   */
  static final List<Row<Part>> TRAINING =
      List.of(
          new Row<>(
              "norm, ReLU, convolution",
              Pattern.of(NORM, optional(RELU), RECTIFYING),
              m ->
                  new NormConvPart(
                      m.layer(0, BatchNormalization.class), m.has(1), m.layer(2, Conv2D.class))),
          new Row<>(
              "norm, maximum of windows, dropout",
              Pattern.of(NORM, POOLING, optional(DROPOUT)),
              m ->
                  new NormPoolPart(
                      m.layer(0, BatchNormalization.class),
                      m.layer(1, MaxPooling2D.class),
                      m.layer(2, Dropout.class))),
          new Row<>(
              "norm, mean over positions",
              Pattern.of(NORM, MEAN),
              m ->
                  new NormMeanPart(
                      m.layer(0, BatchNormalization.class),
                      m.layer(1, GlobalAveragePooling2D.class))),
          new Row<>(
              "norm, ReLU",
              Pattern.of(NORM, optional(RELU)),
              m -> new NormPart(m.layer(0, BatchNormalization.class), m.has(1))),
          new Row<>(
              "convolution that a norm alone reads",
              Pattern.of(FOR_NORM),
              m -> new ConvPart(m.layer(0, Conv2D.class))));

  /**
   * Inference. A norm behind a convolution is folded into its kernel, one before it is applied
   * while the input is gathered; padding is the convolution's own; sum and ReLU are done while the
   * result is stored.
   */
  static final List<Row<FusedLayers>> INFERENCE =
      List.of(
          new Row<>(
              "padding, convolution, norm, sum, ReLU",
              Pattern.of(optional(PADDING), LINEAR, optional(NORM), optional(SUM), optional(RELU)),
              m -> new FusedConvolution(m, 1)),
          new Row<>(
              "padding, convolution",
              Pattern.of(optional(PADDING), CONVOLUTION),
              m -> new FusedConvolution(m, 1)),
          new Row<>(
              "norm, ReLU, convolution, norm, sum, ReLU",
              Pattern.of(
                  NORM, optional(RELU), LINEAR, optional(NORM), optional(SUM), optional(RELU)),
              m -> new FusedConvolution(m, 2)),
          new Row<>(
              "norm, ReLU, convolution",
              Pattern.of(NORM, optional(RELU), CONVOLUTION),
              m -> new FusedConvolution(m, 2)),
          new Row<>("norm, ReLU", Pattern.of(NORM, optional(RELU)), FusedNorm::new));

  /** Whether a layer computes {@code max(x, 0)} and nothing else. */
  private static boolean isRelu(Layer layer) {
    return layer instanceof Activation activation
            && activation.activation() == ActivationFunction.RELU
        || layer instanceof ReLU relu && relu.isPlain();
  }

  /** The first row that fits a place, applied; null if none does. */
  static <T> Applied<T> first(List<Row<T>> table, Graph graph, int place, boolean[] taken) {
    for (Row<T> row : table) {
      Match match = row.pattern().match(graph, place, taken);
      if (match != null) {
        return new Applied<>(match, row.becomes().apply(match));
      }
    }
    return null;
  }

  /** A row that was applied. */
  record Applied<T>(Match match, T result) {}
}
