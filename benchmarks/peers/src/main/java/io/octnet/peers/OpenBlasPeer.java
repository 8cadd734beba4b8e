package io.octnet.peers;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.OPENBLAS_VERSION;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import io.octnet.compute.Backend;
import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS, on memory of its own: {@code sgemm square N}. */
final class OpenBlasPeer implements Peer {
  @Override
  public String version() {
    return OPENBLAS_VERSION.strip();
  }

  @Override
  public double check(Job job) {
    int n = job.size();
    float[] a = Work.matrix(n, 1);
    float[] b = Work.matrix(n, 2);
    float[] expected = new float[n * n];
    Backend.compute().gemm(false, false, n, n, n, a, 0, b, 0, 0, expected, 0);
    try (FloatPointer c = new FloatPointer((long) n * n)) {
      sgemm(n, new FloatPointer(a), new FloatPointer(b), c);
      float[] received = new float[n * n];
      c.get(received);
      return Work.difference(expected, received);
    }
  }

  private static void sgemm(int n, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    int n = job.size();
    FloatPointer a = new FloatPointer(Work.matrix(n, 1));
    FloatPointer b = new FloatPointer(Work.matrix(n, 2));
    FloatPointer c = new FloatPointer((long) n * n);
    turns.serve(() -> sgemm(n, a, b, c));
  }
}
