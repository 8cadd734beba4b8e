package io.octnet.peers;

import io.octnet.models.Model;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;

/** The same numbers for everybody. */
final class Work {
  static final int IMAGE = 224;
  private static final int MEASURED = 5;
  private static final int WARM_UP = 3;

  private Work() {}

  /** Something that may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** Seconds of five repetitions after three. */
  static double[] measure(Step step) throws Exception {
    double[] seconds = new double[MEASURED];
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = System.nanoTime();
      step.run();
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) * 1e-9;
      }
    }
    return seconds;
  }

  static Model model(String network) {
    return Network.of(network).article(IMAGE, IMAGE, 4).initialize(1);
  }

  /** Images (N, H, W, 3). */
  static Tensor images(int batch) {
    Tensor x = Tensor.zeros(Shape.of(batch, IMAGE, IMAGE, 3));
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.nextFloat();
    }
    return x;
  }

  /** The same images (N, 3, H, W). */
  static float[] channelsFirst(Tensor x) {
    int n = x.dim(0);
    int places = IMAGE * IMAGE;
    float[] out = new float[x.size()];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < places; p++) {
        for (int c = 0; c < 3; c++) {
          out[(i * 3 + c) * places + p] = x.data()[(i * places + p) * 3 + c];
        }
      }
    }
    return out;
  }

  /** A kernel (R, S, C, K) as (K, C, R, S). */
  static float[] outputsFirst(float[] kernel, int r, int s, int c, int k) {
    float[] out = new float[kernel.length];
    for (int i = 0; i < r * s; i++) {
      for (int ci = 0; ci < c; ci++) {
        for (int ki = 0; ki < k; ki++) {
          out[(ki * c + ci) * r * s + i] = kernel[(i * c + ci) * k + ki];
        }
      }
    }
    return out;
  }

  static float[] matrix(int n, long seed) {
    float[] values = new float[n * n];
    RandomStream random = RandomStream.of(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  static double difference(float[] expected, float[] received) {
    double largest = 1e-9;
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      most = Math.max(most, Math.abs((double) expected[i] - received[i]));
    }
    return most / largest;
  }
}
