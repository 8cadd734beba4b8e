package io.octnet.compute;

/**
 * What happens to a convolution's result before it is stored: {@code y = max(0, conv + bias +
 * residual)}, each part optional, in this order.
 *
 * @param bias (K) or null
 * @param residual (N, P, Q, K) or null: ResNet's shortcut; may be y itself
 * @param relu whether negative results become 0
 * @param sums null, or an array of 2 K doubles that receives, per channel of the stored y, the sum
 *     (first K) and the sum of squares (last K): what a following batch norm needs
 */
public record Epilogue(float[] bias, float[] residual, boolean relu, double[] sums) {
  /** Stores the result as it is. */
  public static final Epilogue NONE = new Epilogue(null, null, false, null);

  /** Adds a bias, and rectifies if asked to. */
  public static Epilogue of(float[] bias, boolean relu) {
    return new Epilogue(bias, null, relu, null);
  }
}
