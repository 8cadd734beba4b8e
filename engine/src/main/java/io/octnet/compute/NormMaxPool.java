package io.octnet.compute;

/**
 * A batch norm with known slope and offset, the maximum over windows, and dropout: {@code
 * dropout(max over window of (scale[c] * x + shift[c]))}. Windows have at most 255 places.
 *
 * @param scale (C)
 * @param shift (C)
 * @param rate of the dropout; 0 for none
 * @param seed of the dropout
 */
public record NormMaxPool(
    PoolGeometry geometry, float[] scale, float[] shift, float rate, long seed) {

  public NormMaxPool {
    geometry.checkPlaces(255);
  }
}
