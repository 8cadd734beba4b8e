package io.octnet.opencl;

import com.aparapi.Config;
import com.aparapi.Kernel;
import com.aparapi.ProfileInfo;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import io.octnet.compute.DeviceException;
import io.octnet.text.Text;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a kernel on one device, or says why not. Aparapi by itself falls back to a pool of Java
 * threads in silence when a kernel cannot be translated or a device fails; here each run names the
 * device that it used.
 */
final class Guard {
  private final OpenCLDevice device;
  private final Set<Kernel> ran = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile Device used;
  private long nanosInKernels;

  /**
   * For one device.
   *
   * @throws DeviceException when it cannot run groups as large as the kernels'
   */
  Guard(OpenCLDevice device) {
    this.device = device;
    int items = TileKernel.GROUP * TileKernel.GROUP;
    if (device.getMaxWorkGroupSize() < items || device.getLocalMemSize() < TileKernel.LOCAL_BYTES) {
      throw new DeviceException(
          Text.format(
              "%s has groups of %d and %d bytes of local memory; expected at least %d and %d",
              Devices.name(device),
              device.getMaxWorkGroupSize(),
              device.getLocalMemSize(),
              items,
              TileKernel.LOCAL_BYTES));
    }
  }

  OpenCLDevice device() {
    return device;
  }

  /**
   * Translates and builds a kernel, once for each instance.
   *
   * @throws DeviceException with what Aparapi or the device's compiler says
   */
  <K extends Kernel> K prepare(K kernel) {
    KernelManager.instance().setPreferredDevices(kernel, new LinkedHashSet<>(List.of(device)));
    kernel.setExplicit(true);
    try {
      kernel.compile(device);
    } catch (CompileFailedException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new DeviceException(
          Text.format(
              "the kernel %s cannot be built for %s: %s",
              kernel.getClass().getSimpleName(), Devices.name(device), cause.getMessage()),
          e);
    }
    kernel.registerProfileReportObserver((kernelClass, on, report) -> used = on);
    return kernel;
  }

  /**
   * A range of so many groups of 16 x 16 x 1.
   *
   * @throws DeviceException when the device refuses it
   */
  Range groups(int x, int y, int z) {
    Range range =
        device.createRange3D(
            x * TileKernel.GROUP, y * TileKernel.GROUP, z, TileKernel.GROUP, TileKernel.GROUP, 1);
    if (!range.isValid()) {
      throw new DeviceException(
          Text.format("%s refuses the range %s", Devices.name(device), range), null);
    }
    return range;
  }

  /**
   * Runs it, in so many passes one after the other.
   *
   * @throws DeviceException when it failed, or anything but the device ran it
   */
  void run(Kernel kernel, Range range, int passes) {
    used = null;
    try {
      kernel.execute(range, passes);
    } catch (AssertionError | RuntimeException e) {
      throw new DeviceException(
          Text.format(
              "%s failed on %s: %s",
              kernel.getClass().getSimpleName(), Devices.name(device), e.getMessage()),
          e);
    }
    boolean failed = !KernelManager.instance().getPreferences(kernel).getFailedDevices().isEmpty();
    ran.add(kernel);
    if (used != device || failed) {
      throw new DeviceException(
          Text.format(
              "%s was to run on %s, but ran on %s",
              kernel.getClass().getSimpleName(),
              Devices.name(device),
              used == null ? "nothing" : used.getShortDescription()),
          null);
    }
    if (Config.enableProfiling) {
      for (ProfileInfo each : kernel.getProfileInfo()) {
        nanosInKernels +=
            "X".equals(String.valueOf(each.getType())) ? each.getEnd() - each.getStart() : 0;
      }
    }
  }

  /**
   * How long kernels ran so far by the device's clock, without what carries data there and back;
   * counted only with {@code -Dcom.aparapi.enableProfiling=true}.
   */
  long nanosInKernels() {
    return nanosInKernels;
  }

  /** Gives a kernel's memory back; Aparapi crashes where it never ran, and then there is none. */
  void dispose(Kernel kernel) {
    if (kernel != null && ran.remove(kernel)) {
      kernel.dispose();
    }
  }

  /** Gives the memory of all kernels back. */
  void disposeAll() {
    ran.forEach(Kernel::dispose);
    ran.clear();
  }
}
