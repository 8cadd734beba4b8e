package io.octnet.peers;

import io.octnet.benchmarks.FrozenEpoch;
import io.octnet.benchmarks.Jobs;
import io.octnet.compute.Backend;
import io.octnet.models.Inference;
import io.octnet.tensor.Tensor;

/** Ourselves, by the same rules. */
final class OctnetPeer implements Peer {
  private static final int FOREVER = 1_000_000;
  private static final int LONG_EPOCH = 8; // batches, so that its begin and end do not weigh most

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
      case "train" ->
          Jobs.train(
              job.network(),
              job.mode(),
              job.size(),
              Work.IMAGE,
              FOREVER,
              (step, seconds) -> turns.done(seconds));
      case "predict" -> predict(job, turns);
      case "epoch" ->
          FrozenEpoch.train(
              LONG_EPOCH,
              job.size(),
              Work.IMAGE,
              FOREVER,
              true,
              seconds -> turns.done(seconds * Job.EPOCH_BATCHES / LONG_EPOCH));
      case "sgemm" -> sgemm(job.size(), turns);
      default -> throw new IllegalArgumentException("unknown job " + job);
    }
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
