package io.octnet.layers;

/**
 * What a layer means for the memory of a training step; for the plan made before it.
 *
 * @param keepsInput whether its backward rule reads its input
 * @param keepsOutput whether its backward rule reads its output
 * @param keepsPlaces whether its backward rule reads a byte for each value of its output
 * @param view whether its output is its input in another shape
 * @param gradient where the gradient of its input goes
 */
public record Footprint(
    boolean keepsInput,
    boolean keepsOutput,
    boolean keepsPlaces,
    boolean view,
    InputGradient gradient) {

  /** Where the gradient of a layer's input goes. */
  public enum InputGradient {
    /** Into a buffer of its own. */
    OWN,
    /** Over the output's gradient, where nobody else reads that. */
    IN_PLACE,
    /** It is the output's gradient. */
    SAME,
    /** Over the input, where nobody else reads that. */
    OVER_INPUT
  }

  /** Mean pooling, padding, joining. */
  static final Footprint PLAIN = new Footprint(false, false, false, false, InputGradient.OWN);

  /** Max pooling. */
  static final Footprint PLACES = new Footprint(false, false, true, false, InputGradient.OWN);

  /** Convolution, dense. */
  public static final Footprint READS_INPUT =
      new Footprint(true, false, false, false, InputGradient.OWN);

  /** Batch norm with the mean after it. */
  public static final Footprint NORM_MEAN =
      new Footprint(true, false, false, false, InputGradient.OVER_INPUT);

  /** Batch norm with the max pooling after it. */
  public static final Footprint NORM_POOL =
      new Footprint(true, false, true, false, InputGradient.OVER_INPUT);

  /** The same, where the norm learns nothing. */
  public static final Footprint FROZEN_NORM_POOL =
      new Footprint(true, false, true, false, InputGradient.OWN);

  /** Convolution and dense with their activation, global maximum. */
  public static final Footprint READS_BOTH =
      new Footprint(true, true, false, false, InputGradient.OWN);

  /** Batch norm, leaky ReLU. */
  static final Footprint READS_INPUT_IN_PLACE =
      new Footprint(true, false, false, false, InputGradient.IN_PLACE);

  /** Activations. */
  static final Footprint READS_OUTPUT_IN_PLACE =
      new Footprint(false, true, false, false, InputGradient.IN_PLACE);

  /** Dropout. */
  static final Footprint IN_PLACE =
      new Footprint(false, false, false, false, InputGradient.IN_PLACE);

  /** The sum of several inputs. */
  static final Footprint SUM = new Footprint(false, false, false, false, InputGradient.SAME);

  /** Another shape. */
  static final Footprint VIEW = new Footprint(false, false, false, true, InputGradient.SAME);

  /** Batch norm with its ReLU. */
  public static final Footprint NORM_RELU =
      new Footprint(true, true, false, false, InputGradient.IN_PLACE);

  /** What never has a backward pass. */
  public static final Footprint INFERENCE = PLAIN;
}
