package io.octnet.peers;

import io.octnet.compute.Backend;
import io.octnet.layers.Pass;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.Tensor;

/** Ourselves, by the same rules. */
final class OctnetPeer implements Peer {
  @Override
  public double check(String[] job) {
    return 0;
  }

  @Override
  public double[] measure(String[] job) throws Exception {
    if (job[0].equals("sgemm")) {
      int n = Integer.parseInt(job[1]);
      float[] a = Work.matrix(n, 1);
      float[] b = Work.matrix(n, 2);
      float[] c = new float[n * n];
      int repeats = Math.max(1, (int) (2e9 / (2.0 * n * n * n)));
      double[] seconds =
          Work.measure(
              () -> {
                for (int i = 0; i < repeats; i++) {
                  Backend.compute().gemm(false, false, n, n, n, a, 0, b, 0, 0, c, 0);
                }
              });
      return java.util.stream.DoubleStream.of(seconds).map(s -> s / repeats).toArray();
    }
    int batch = Integer.parseInt(job[2]);
    Model model = Work.model(job[1]);
    Tensor x = Work.images(batch);
    if (job[0].equals("predict")) {
      try (Inference inference = Inference.of(model)) {
        return Work.measure(() -> inference.predict(x).release());
      }
    }
    int[] labels = new int[batch];
    Adam adam = new Adam();
    int[] step = {0};
    return Work.measure(
        () -> {
          Tensor logits = model.logits(x, Pass.training(1, 0, step[0]++));
          Tensor loss = new CategoricalCrossentropy().of(logits, Targets.of(labels, 4));
          logits.release();
          io.octnet.autograd.Autograd.backward(loss);
          loss.release();
          adam.step(model.trainableParameters());
        });
  }
}
