package io.octnet.peers;

import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.Arrays;

/** The same numbers for everybody. */
final class Work {
  /** Height and width. */
  static final int IMAGE = Integer.getInteger("peers.image", 224);

  static final int THREADS = Integer.getInteger("peers.threads", 1);

  private Work() {}

  /** The network; its backbone alone where that is all of the work. */
  static Model model(Job job) {
    Network network = job.network();
    Model model =
        job.kind().equals("epoch")
            ? network.backbone(IMAGE, IMAGE)
            : network.article(IMAGE, IMAGE, 4);
    if (job.mode() != FineTune.ALL) {
      job.mode().apply(network, model);
    }
    return model.initialize(1);
  }

  /** What octnet says of images: features (N, H, W, C), or, of a job with classes, logits. */
  static float[] expected(Job job, Model model, Tensor x) {
    try (Inference inference = Inference.of(model)) {
      Tensor y = job.kind().equals("epoch") ? inference.predict(x) : inference.logits(x);
      return Arrays.copyOf(y.data(), y.size());
    }
  }

  /** The filters of the convolutions of cnn3 or cnn7; 0 stands for a pool with dropout. */
  static int[] filters(Job job) {
    return switch (job.what()) {
      case "cnn3" -> new int[] {32, 64, 0, 128};
      case "cnn7" -> new int[] {32, 32, 0, 128, 128, 0, 256, 256, 0, 512};
      default -> throw new IllegalArgumentException("no " + job.what() + " here");
    };
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

  /** Images (N, 3, H, W). */
  static float[] channelsFirst(Tensor x) {
    return channelsFirst(x.data(), x.dim(0), x.size() / x.dim(0) / 3, 3);
  }

  /** (N, places, C) as (N, C, places). */
  static float[] channelsFirst(float[] x, int n, int places, int channels) {
    float[] out = new float[n * places * channels];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < places; p++) {
        for (int c = 0; c < channels; c++) {
          out[(i * channels + c) * places + p] = x[(i * places + p) * channels + c];
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

  /** Of each row of logits. */
  static float[] softmax(float[] logits, int classes) {
    float[] out = new float[logits.length];
    for (int row = 0; row < logits.length; row += classes) {
      double sum = 0;
      for (int i = row; i < row + classes; i++) {
        sum += Math.exp(logits[i]);
      }
      for (int i = row; i < row + classes; i++) {
        out[i] = (float) (Math.exp(logits[i]) / sum);
      }
    }
    return out;
  }

  /** N x N. */
  static float[] matrix(int n, long seed) {
    float[] values = new float[n * n];
    RandomStream random = RandomStream.of(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** The largest difference, relative to the largest value. */
  static double difference(float[] expected, float[] received) {
    if (expected.length != received.length) {
      throw new IllegalStateException(
          Text.format("expected %d values, received %d", expected.length, received.length));
    }
    double largest = 1e-9;
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      most = Math.max(most, Math.abs((double) expected[i] - received[i]));
    }
    return most / largest;
  }
}
