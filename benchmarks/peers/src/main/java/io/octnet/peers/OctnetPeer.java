package io.octnet.peers;

import io.octnet.autograd.Autograd;
import io.octnet.benchmarks.FrozenEpoch;
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
  public String version() {
    return "octnet";
  }

  @Override
  public double check(Job job) {
    return 0;
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    switch (job.kind()) {
      case "train" -> train(job, turns);
      case "predict" -> predict(job, turns);
      case "epoch" ->
          FrozenEpoch.train(job.size(), Work.IMAGE, Integer.MAX_VALUE, true, turns::done);
      case "sgemm" -> sgemm(job.size(), turns);
      default -> throw new IllegalArgumentException("unknown job " + job);
    }
  }

  private static void train(Job job, Turns turns) throws Exception {
    Model model = Work.model(job);
    Tensor x = Work.images(job.size());
    Targets targets = Targets.of(new int[job.size()], 4);
    CategoricalCrossentropy loss = new CategoricalCrossentropy();
    Adam adam = new Adam();
    int[] step = {0};
    turns.serve(
        () -> {
          Tensor logits = model.logits(x, Pass.training(1, 0, step[0]++));
          Tensor value = loss.of(logits, targets);
          logits.release();
          Autograd.backward(value);
          value.release();
          adam.step(model.trainableParameters());
        });
  }

  private static void predict(Job job, Turns turns) throws Exception {
    Tensor x = Work.images(job.size());
    Inference inference = Inference.of(Work.model(job));
    turns.serve(() -> inference.predict(x).release());
  }

  private static void sgemm(int n, Turns turns) throws Exception {
    float[] a = Work.matrix(n, 1);
    float[] b = Work.matrix(n, 2);
    float[] c = new float[n * n];
    turns.serve(() -> Backend.compute().gemm(false, false, n, n, n, a, 0, b, 0, 0, c, 0));
  }
}
