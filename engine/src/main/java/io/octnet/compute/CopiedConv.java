package io.octnet.compute;

/** A {@link PreparedConv} for back-ends that read kernels as they are: a copy. */
final class CopiedConv extends PreparedConv {
  private final Compute compute;

  CopiedConv(Compute compute, ConvGeometry g, float[] kernel) {
    super(compute.pool(), g, g.kernelSize());
    this.compute = compute;
    System.arraycopy(kernel, 0, weights(), 0, g.kernelSize());
  }

  @Override
  public void conv2d(int batch, ConvInput x, Epilogue epilogue, float[] y) {
    compute.conv2d(geometry().withBatch(batch), x, weights(), epilogue, y);
  }
}
