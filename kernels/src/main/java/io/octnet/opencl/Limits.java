package io.octnet.opencl;

import com.aparapi.device.OpenCLDevice;
import java.lang.System.Logger.Level;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What a device can hold, counting what its kernels hold already: Aparapi leaves a kernel's arrays
 * on the device until the kernel gets others. What does not fit goes to the CPU, which is said
 * once.
 */
final class Limits {
  private static final System.Logger LOG = System.getLogger("io.octnet.opencl");

  private final OpenCLDevice device;
  private final Map<Object, Long> held = new IdentityHashMap<>();
  private boolean said;

  Limits(OpenCLDevice device) {
    this.device = device;
  }

  /** Whether a kernel can have these arrays, instead of those that it holds; then it holds them. */
  boolean admit(Object kernel, float[]... arrays) {
    long others = -held.getOrDefault(kernel, 0L);
    for (long bytes : held.values()) {
      others += bytes;
    }
    long sum = 0;
    boolean each = true;
    for (float[] array : arrays) {
      long bytes = array == null ? 0 : (long) array.length * Float.BYTES;
      each &= bytes <= device.getMaxMemAllocSize() && bytes < Integer.MAX_VALUE;
      sum += bytes;
    }
    boolean fits = each && others + sum <= device.getGlobalMemSize();
    if (fits) {
      held.put(kernel, sum);
    } else if (!said) {
      said = true;
      LOG.log(
          Level.WARNING,
          "{0} cannot hold {1} MiB more (of {2} MiB, {3} MiB at once; {4} MiB are in use); such calls run on the CPU",
          Devices.name(device),
          Long.toString(Math.ceilDiv(sum, 1L << 20)),
          Long.toString(device.getGlobalMemSize() >> 20),
          Long.toString(device.getMaxMemAllocSize() >> 20),
          Long.toString(others >> 20));
    }
    return fits;
  }

  /** A kernel was disposed of. */
  void forget(Object kernel) {
    held.remove(kernel);
  }

  /** All were. */
  void clear() {
    held.clear();
  }
}
