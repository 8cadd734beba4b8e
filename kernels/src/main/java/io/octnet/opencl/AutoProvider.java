package io.octnet.opencl;

import com.aparapi.device.OpenCLDevice;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.DeviceException;
import io.octnet.compute.Epilogue;
import io.octnet.text.Text;
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
      String why = device == null ? Devices.noneBecause() : Devices.name(device) + " is no GPU";
      LOG.log(Level.WARNING, "auto: the CPU computes ({0})", why);
      return cpu;
    }
    return faster(device, cpu);
  }

  /**
   * The device, or the CPU where that is faster or the device fails: then nothing is left there.
   */
  static Compute faster(OpenCLDevice device, Compute cpu) {
    OpenClCompute gpu = null;
    String why;
    try {
      gpu = new OpenClCompute(device, cpu);
      double onCpu = seconds(cpu);
      double onGpu = seconds(gpu);
      why =
          Text.format(
              "a convolution takes %.1f ms there, %.1f ms on the CPU", onGpu * 1e3, onCpu * 1e3);
      if (onGpu < onCpu) {
        LOG.log(Level.WARNING, "auto: {0} computes ({1})", Devices.name(device), why);
        return gpu;
      }
    } catch (DeviceException e) {
      why = e.getMessage();
    }
    if (gpu != null) {
      gpu.release();
    }
    LOG.log(Level.WARNING, "auto: the CPU computes, not {0} ({1})", Devices.name(device), why);
    return cpu;
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
