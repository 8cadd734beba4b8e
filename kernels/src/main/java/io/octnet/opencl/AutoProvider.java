package io.octnet.opencl;

import com.aparapi.device.OpenCLDevice;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.DeviceException;
import io.octnet.compute.Epilogue;
import java.lang.System.Logger.Level;

/**
 * Says what it chose in a line that is always shown. Chooses between the CPU and a GPU by measuring
 * one convolution on both; a device that is a CPU is never chosen.
 */
public final class AutoProvider implements ComputeProvider {
  private static final System.Logger LOG = System.getLogger("io.octnet.opencl");
  private static final int TRIES = 3;

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public int priority() {
    return -2;
  }

  @Override
  public String unavailableBecause() {
    return null;
  }

  @Override
  public Compute create(int threads) {
    Compute cpu = Backend.create(Backend.best(), threads);
    OpenCLDevice device = Devices.best();
    if (device == null || !Devices.isGpu(device)) {
      String why = device == null ? Devices.all().problem() : Devices.name(device) + " is no GPU";
      LOG.log(Level.WARNING, "auto: the CPU computes ({0})", why);
      return cpu;
    }
    try {
      OpenClCompute gpu = new OpenClCompute(device, cpu);
      double ratio = seconds(cpu) / seconds(gpu);
      String measured = "a convolution takes %.2f times as long on the CPU".formatted(ratio);
      LOG.log(
          Level.WARNING,
          ratio > 1 ? "auto: {0} computes ({1})" : "auto: the CPU computes, not {0} ({1})",
          Devices.name(device),
          measured);
      return ratio > 1 ? gpu : cpu;
    } catch (DeviceException e) {
      LOG.log(Level.WARNING, "auto: the CPU computes ({0})", e.getMessage());
      return cpu;
    }
  }

  /** The fastest of a few runs after one that warms up: 3x3 of 64 to 64 channels at 56 pixels. */
  private static double seconds(Compute compute) {
    ConvGeometry g = ConvGeometry.same(16, 56, 56, 64, 3, 3, 64, 1, 1);
    float[] x = new float[g.inputSize()];
    float[] kernel = new float[g.kernelSize()];
    float[] y = new float[g.outputSize()];
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= TRIES; i++) {
      long start = System.nanoTime();
      compute.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
      best = i == 0 ? best : Math.min(best, (System.nanoTime() - start) * 1e-9);
    }
    return best;
  }
}
