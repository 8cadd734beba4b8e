package io.octnet.opencl;

import com.aparapi.device.OpenCLDevice;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.DeviceException;
import io.octnet.text.Text;
import java.util.List;

/**
 * Offers {@link OpenClCompute} to who asks for it by name: a GPU where there is one, else any
 * device, PoCL's CPU included.
 */
public final class OpenClProvider implements ComputeProvider {
  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public String unavailableBecause() {
    return Devices.best() == null ? Devices.noneBecause() : null;
  }

  @Override
  public Compute create(int threads) {
    OpenCLDevice device = Devices.best();
    Compute cpu = Backend.create(Backend.best(), threads);
    try {
      return new OpenClCompute(device, cpu);
    } catch (DeviceException e) {
      cpu.close();
      throw e;
    }
  }

  @Override
  public List<String> devices() {
    return Devices.all().devices().stream()
        .map(
            device ->
                Text.format(
                    "%s, %s, %d compute units, %,d MiB",
                    Devices.name(device),
                    device.getType(),
                    device.getMaxComputeUnits(),
                    device.getGlobalMemSize() >> 20))
        .toList();
  }
}
