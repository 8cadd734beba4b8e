package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.Kernel;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.DeviceException;
import io.octnet.compute.Epilogue;
import io.octnet.compute.ScalarCompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a device cannot do is a clear line, or, where any back-end will do, the CPU and a line. */
class RefusalsTest {
  /** A GPU that is nowhere: whoever refuses it must do so before it is asked for anything. */
  private static OpenCLDevice small() {
    OpenCLDevice device =
        new OpenCLDevice(new OpenCLPlatform(0, "1.2", "Acme", "Acme CL"), 0, Device.TYPE.GPU);
    device.setName("Tiny");
    device.setMaxWorkGroupSize(256);
    device.setLocalMemSize(4096);
    return device;
  }

  @Test
  void aDeviceWithTooLittleLocalMemoryIsRefusedByName() {
    assertThatThrownBy(() -> new OpenClCompute(small(), new ScalarCompute()))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "Tiny (Acme CL) has groups of 256 and 4096 bytes of local memory; expected at least 256 and 8192");
  }

  @Test
  void autoTakesTheCpuInsteadAndSaysWhy() {
    Compute cpu = new ScalarCompute();
    try (Log log = new Log()) {
      assertThat(AutoProvider.faster(small(), cpu)).isSameAs(cpu);
      assertThat(log.lines)
          .containsExactly(
              "auto: the CPU computes, not Tiny (Acme CL) (Tiny (Acme CL) has groups of 256 and 4096"
                  + " bytes of local memory; expected at least 256 and 8192)");
    }
  }

  @Test
  void aNameThatNoDeviceHasIsAReason() {
    String before = System.setProperty("octnet.opencl.device", "no such device");
    try (Log log = new Log()) {
      assertThat(new OpenClProvider().unavailableBecause()).isNotNull();
      new AutoProvider().create(1).close();
      assertThat(log.lines).singleElement().asString().doesNotContain("null");
    } finally {
      if (before == null) {
        System.clearProperty("octnet.opencl.device");
      } else {
        System.setProperty("octnet.opencl.device", before);
      }
    }
  }

  /** What Aparapi cannot translate: it would run in Java, in silence. */
  public static final class Refused extends Kernel {
    public float[] out = new float[256];

    @Override
    public void run() {
      int i = getGlobalId(0);
      switch (i & 1) {
        case 0 -> out[i] = 1f;
        default -> out[i] = 2f;
      }
    }
  }

  @Test
  @ExtendWith(WithDevice.class)
  void aKernelThatCannotBeTranslatedIsAnErrorThatNamesItAndTheDevice() {
    Guard guard = new Guard(Devices.best());
    assertThatThrownBy(() -> guard.prepare(new Refused()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("the kernel Refused cannot be built for ");
  }

  @Test
  @ExtendWith(WithDevice.class)
  void whatIsTooLargeRunsOnTheCpuAndThisIsSaidOnce() {
    OpenCLDevice device = Devices.best();
    long allowed = device.getMaxMemAllocSize();
    ConvGeometry g = ConvGeometry.same(1, 16, 16, 1, 3, 3, 1, 1, 1);
    float[] x = new float[g.inputSize()];
    float[] kernel = new float[g.kernelSize()];
    java.util.Arrays.fill(x, 1);
    java.util.Arrays.fill(kernel, 1);
    float[] y = new float[g.outputSize()];
    try (Log log = new Log();
        Compute opencl = new OpenClCompute(device, new ScalarCompute())) {
      device.setMaxMemAllocSize(1000);
      for (int i = 0; i < 3; i++) {
        opencl.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
      }
      assertThat(y[17]).isEqualTo(9);
      assertThat(log.lines).singleElement().asString().contains("such calls run on the CPU");
    } finally {
      device.setMaxMemAllocSize(allowed);
    }
  }

  @Test
  void whatKernelsHoldAlreadyCounts() {
    OpenCLDevice device = small();
    device.setMaxMemAllocSize(1000);
    device.setGlobalMemSize(1000);
    Limits limits = new Limits(device);
    try (Log log = new Log()) {
      assertThat(limits.admit("a", new float[100])).isTrue();
      assertThat(limits.admit("a", new float[200])).isTrue();
      assertThat(limits.admit("b", new float[100])).isFalse();
      limits.forget("a");
      assertThat(limits.admit("b", new float[100], null)).isTrue();
      assertThat(log.lines).hasSize(1);
    }
  }

  @Test
  @ExtendWith(WithDevice.class)
  void autoMeasuresAndLeavesNothingOnADeviceThatIsSlower() {
    Compute cpu = new ScalarCompute();
    try (Log log = new Log();
        Compute chosen = AutoProvider.faster(Devices.best(), cpu)) {
      assertThat(log.lines).singleElement().asString().contains(" ms there, ");
      assertThat(chosen == cpu)
          .isEqualTo(log.lines.getFirst().startsWith("auto: the CPU computes, not "));
    }
  }
}
