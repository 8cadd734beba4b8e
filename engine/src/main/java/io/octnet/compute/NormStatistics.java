package io.octnet.compute;

/**
 * What a batch norm normalised by: {@code y = gamma * (x - mean) * invStd + beta}.
 *
 * @param mean (C)
 * @param invStd (C), {@code 1 / sqrt(variance + epsilon)}
 * @param gamma (C)
 */
public record NormStatistics(float[] mean, float[] invStd, float[] gamma) {
  /** C. */
  public int channels() {
    return mean.length;
  }
}
