package io.octnet.opencl;

import com.aparapi.device.OpenCLDevice;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.DeviceException;
import io.octnet.compute.Epilogue;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.Unary;
import io.octnet.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Convolutions and gemm on an OpenCL device, all else on the CPU. Every run is proven to have
 * happened on the device, or it is an error; what is too large for the device goes to the CPU, and
 * this is said once.
 *
 * <p>Prepared weights stay on the device; everything else is carried there and back for each call.
 */
public final class OpenClCompute extends OnCpu {
  private final Guard guard;
  private final Limits limits;
  private final Map<Class<?>, TileKernel> kernels = new HashMap<>();

  /**
   * On a device.
   *
   * @param cpu for all else; closed with this
   * @throws DeviceException when the device cannot run the kernels
   */
  OpenClCompute(OpenCLDevice device, Compute cpu) {
    super(cpu);
    this.guard = new Guard(device);
    this.limits = new Limits(device);
    try {
      prove();
    } catch (DeviceException e) {
      release();
      throw e;
    }
  }

  /** A product of two numbers: what cannot run is refused now, not in the middle of training. */
  private void prove() {
    float[] c = new float[1];
    gemm(false, false, 1, 1, 1, new float[] {3}, 0, new float[] {5}, 0, 0, c, 0);
    if (c[0] != 15) {
      throw new DeviceException(
          Text.format("%s says that 3 x 5 is %s", Devices.name(guard.device()), c[0]));
    }
  }

  /** The one kernel of a class, built when it is first used. */
  private <K extends TileKernel> K kernel(Class<K> type, Supplier<K> maker) {
    TileKernel kernel = kernels.get(type);
    if (kernel == null) {
      kernel = guard.prepare(maker.get());
      kernels.put(type, kernel);
    }
    return type.cast(kernel);
  }

  @Override
  public String description() {
    return Text.format(
        "OpenCL back-end on %s; all but convolution and gemm: %s",
        Devices.name(guard.device()), cpu.description());
  }

  @Override
  public synchronized void close() {
    release();
    cpu.close();
  }

  /** Gives back all that it has on the device, not the CPU's back-end. */
  synchronized void release() {
    guard.disposeAll();
    limits.clear();
    kernels.clear();
  }

  /**
   * Seconds that kernels ran so far, without what carries data there and back; 0 unless {@code
   * -Dcom.aparapi.enableProfiling=true}.
   */
  public synchronized double secondsInKernels() {
    return guard.nanosInKernels() * 1e-9;
  }

  @Override
  public PreparedConv prepare(ConvGeometry g, float[] kernel) {
    return new ResidentConv(g, kernel);
  }

  @Override
  public void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    synchronized (this) {
      if (limits.admit(ConvForwardKernel.class, x.x(), kernel, epilogue.residual(), y)) {
        ConvForwardKernel k = kernel(ConvForwardKernel.class, ConvForwardKernel::new);
        forward(k, g, x, kernel, false, epilogue, y);
        return;
      }
    }
    cpu.conv2d(g, x, kernel, epilogue, y);
  }

  /** Runs a kernel, whose weights are there already or are carried there now. */
  private void forward(
      ConvForwardKernel k,
      ConvGeometry g,
      ConvInput x,
      float[] weights,
      boolean there,
      Epilogue epilogue,
      float[] y) {
    geometry(k, g);
    input(k, x);
    k.rows = g.batch() * g.outHeight() * g.outWidth();
    k.columns = g.outChannels();
    k.length = g.kernelHeight() * g.kernelWidth() * g.inChannels();
    k.share = k.length;
    k.weights = weights;
    k.withBias = epilogue.bias() == null ? 0 : 1;
    k.bias = orNothing(epilogue.bias());
    k.withResidual = epilogue.residual() == null ? 0 : 1;
    boolean overResidual = epilogue.residual() == y; // on the device they are two
    k.residual = overResidual ? y.clone() : orNothing(epilogue.residual());
    k.relu = epilogue.relu() ? 1 : 0;
    k.y = y;
    if (!there) {
      k.put(weights);
    }
    k.put(k.bias).put(k.residual);
    run(k, 1, 1);
    k.get(y);
    if (epilogue.sums() != null) {
      cpu.channelSums(k.rows, k.columns, y, epilogue.sums());
    }
  }

  /** Weights that stay on the device until it is closed. */
  private final class ResidentConv extends PreparedConv {
    private ConvForwardKernel program; // built when it is first used
    private PreparedConv onCpu; // for what is too large for the device

    ResidentConv(ConvGeometry g, float[] kernel) {
      super(pool(), g, g.kernelSize());
      System.arraycopy(kernel, 0, weights(), 0, g.kernelSize());
    }

    @Override
    public void conv2d(int batch, ConvInput x, Epilogue epilogue, float[] y) {
      float[] kernel = weights();
      ConvGeometry g = geometry().withBatch(batch);
      synchronized (OpenClCompute.this) {
        if (limits.admit(this, x.x(), kernel, epilogue.residual(), y)) {
          boolean there = program != null;
          if (!there) {
            program = guard.prepare(new ConvForwardKernel());
          }
          forward(program, g, x, kernel, there, epilogue, y);
          return;
        }
        if (onCpu == null) {
          onCpu = cpu.prepare(geometry(), kernel);
        }
      }
      onCpu.conv2d(batch, x, epilogue, y);
    }

    @Override
    public void close() {
      synchronized (OpenClCompute.this) {
        guard.dispose(program);
        limits.forget(this);
        program = null;
        if (onCpu != null) {
          onCpu.close();
          onCpu = null;
        }
        super.close();
      }
    }
  }

  @Override
  public synchronized void conv2dBackwardData(
      ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {
    if (!limits.admit(ConvBackwardDataKernel.class, dy.dy(), dy.y(), kernel, dx)) {
      cpu.conv2dBackwardData(g, dy, kernel, dx);
      return;
    }
    ConvBackwardDataKernel k = kernel(ConvBackwardDataKernel.class, ConvBackwardDataKernel::new);
    geometry(k, g);
    k.rows = g.batch() * g.height() * g.width();
    k.columns = g.inChannels();
    k.length = g.kernelHeight() * g.kernelWidth() * g.outChannels();
    k.share = k.length;
    k.weights = kernel;
    k.dy = dy.dy();
    k.masked = dy.y() == null ? 0 : 1;
    k.y = orNothing(dy.y());
    k.dx = dx;
    k.put(kernel).put(k.dy).put(k.y);
    run(k, 1, 1);
    k.get(dx);
  }

  @Override
  public synchronized void conv2dBackwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {
    int parts = Parts.of(g);
    float[] partial = pool().acquire(Math.multiplyExact(parts, g.kernelSize()));
    Object holder = ConvBackwardWeightsKernel.class;
    if (!limits.admit(holder, x.x(), dy.dy(), dy.y(), partial, dKernel)) {
      cpu.conv2dBackwardWeights(g, x, dy, dKernel, dBias);
    } else {
      ConvBackwardWeightsKernel k =
          kernel(ConvBackwardWeightsKernel.class, ConvBackwardWeightsKernel::new);
      geometry(k, g);
      input(k, x);
      k.rows = g.kernelHeight() * g.kernelWidth() * g.inChannels();
      k.columns = g.outChannels();
      k.length = g.batch() * g.outHeight() * g.outWidth();
      k.share = Parts.share(g, parts);
      k.dy = dy.dy();
      k.masked = dy.y() == null ? 0 : 1;
      k.y = orNothing(dy.y());
      k.partCount = parts;
      k.parts = partial; // never leaves the device
      k.dKernel = dKernel;
      k.put(k.dy).put(k.y);
      run(k, parts, 2);
      k.get(dKernel);
      if (dBias != null) {
        biasGradient(k.length, k.columns, dy, dBias);
      }
    }
    pool().release(partial);
  }

  private void biasGradient(int rows, int channels, ConvGradient dy, float[] dBias) {
    if (dy.y() == null) {
      cpu.columnSums(rows, channels, dy.dy(), dBias);
      return;
    }
    float[] masked = pool().acquire(rows * channels);
    cpu.unaryBackward(Unary.RELU, 0, rows * channels, null, dy.y(), dy.dy(), masked);
    cpu.columnSums(rows, channels, masked, dBias);
    pool().release(masked);
  }

  @Override
  public synchronized void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] c,
      int cOffset) {
    if (!limits.admit(GemmKernel.class, a, b, c)) {
      cpu.gemm(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, beta, c, cOffset);
      return;
    }
    GemmKernel gemm = kernel(GemmKernel.class, GemmKernel::new);
    gemm.rows = m;
    gemm.columns = n;
    gemm.length = k;
    gemm.share = k;
    gemm.a = a;
    gemm.aOffset = aOffset;
    gemm.aRow = transposeA ? 1 : k;
    gemm.aColumn = transposeA ? m : 1;
    gemm.b = b;
    gemm.bOffset = bOffset;
    gemm.bRow = transposeB ? 1 : n;
    gemm.bColumn = transposeB ? k : 1;
    gemm.c = c;
    gemm.cOffset = cOffset;
    gemm.beta = beta;
    gemm.put(a).put(b).put(c); // c, too: what lies around the result comes back with it
    run(gemm, 1, 1);
    gemm.get(c);
  }

  private void run(TileKernel k, int parts, int passes) {
    int down = Math.ceilDiv(k.rows, TileKernel.TILE);
    int across = Math.ceilDiv(k.columns, TileKernel.TILE);
    guard.run(k, guard.groups(down, across, parts), passes);
  }

  private static void geometry(ConvKernel k, ConvGeometry g) {
    k.height = g.height();
    k.width = g.width();
    k.inChannels = g.inChannels();
    k.outHeight = g.outHeight();
    k.outWidth = g.outWidth();
    k.outChannels = g.outChannels();
    k.kernelWidth = g.kernelWidth();
    k.strideHeight = g.strideHeight();
    k.strideWidth = g.strideWidth();
    k.dilationHeight = g.dilationHeight();
    k.dilationWidth = g.dilationWidth();
    k.padTop = g.padTop();
    k.padLeft = g.padLeft();
  }

  private static void input(ConvKernel k, ConvInput x) {
    k.x = x.x();
    k.scaled = x.scale() == null ? 0 : 1;
    k.scale = orNothing(x.scale());
    k.shift = orNothing(x.shift());
    k.rectified = x.relu() ? 1 : 0;
    k.put(k.x).put(k.scale).put(k.shift);
  }

  private static float[] orNothing(float[] array) {
    return array == null ? Nothing.FLOATS : array;
  }
}
