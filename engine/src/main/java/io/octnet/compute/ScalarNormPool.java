package io.octnet.compute;

import io.octnet.random.RandomStream;

/** Norm, maximum of windows and dropout together: one after another, by their definitions. */
final class ScalarNormPool {
  static final int MOST_PLACES = 255; // one number of a byte says DROPPED

  private ScalarNormPool() {}

  static void forward(
      PoolGeometry g,
      float[] x,
      float[] scale,
      float[] shift,
      float rate,
      long seed,
      float[] y,
      byte[] argmax) {
    ScalarPool.checkWindow(g, argmax, MOST_PLACES);
    float[] z = new float[g.inputSize()];
    ScalarChannels.scaleShift(z.length / g.channels(), g.channels(), x, scale, shift, false, z);
    ScalarPool.max(g, z, y, argmax);
    ScalarElementwise.dropout(g.outputSize(), rate, seed, y, y);
    for (int i = 0; argmax != null && i < g.outputSize(); i++) {
      argmax[i] = RandomStream.uniform(seed, i) >= rate ? argmax[i] : Compute.DROPPED;
    }
  }

  // dz[winner of window] += dy[window] / (1 - rate) where kept; dx, dGamma, dBeta of a norm's dz
  static void backward(
      PoolGeometry g,
      float[] x,
      float[] dy,
      byte[] argmax,
      float rate,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx) {
    float[] dz = new float[g.inputSize()];
    ScalarPool.maxBackward(g, dy, argmax, Compute.DROPPED & 0xFF, 1 / (1 - rate), dz);
    int rows = g.inputSize() / g.channels();
    ScalarChannels.batchNormBackward(
        rows, g.channels(), x, dz, mean, invStd, gamma, maskByX, dGamma, dBeta, dx);
  }
}
