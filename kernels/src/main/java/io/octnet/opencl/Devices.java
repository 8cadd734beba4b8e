package io.octnet.opencl;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import io.octnet.compute.Settings;
import io.octnet.text.Text;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The OpenCL devices of this machine, GPUs first; {@code -Doctnet.opencl.device=TEXT} keeps those
 * whose name has the text.
 */
final class Devices {
  /** Aparapi warns of attributes of class files that it does not know; held, or it is collected. */
  private static final Logger APARAPI = Logger.getLogger("com.aparapi");

  private Devices() {}

  /** What could be found out. */
  record Found(List<OpenCLDevice> devices, String problem) {}

  /** Looks once; a driver that cannot be loaded is a problem, never a crash of the caller. */
  private static final class Holder {
    static final Found FOUND = look();
  }

  static Found all() {
    return Holder.FOUND;
  }

  /** The one to use; null if there is none. */
  static OpenCLDevice best() {
    String wanted = Settings.openClDevice().toLowerCase(Locale.ROOT);
    return all().devices.stream()
        .filter(device -> name(device).toLowerCase(Locale.ROOT).contains(wanted))
        .findFirst()
        .orElse(null);
  }

  /** Why there is none to use. */
  static String noneBecause() {
    Found all = all();
    return all.problem != null
        ? all.problem
        : Text.format(
            "no device's name has the text '%s' of -D%s; here are %s",
            Settings.openClDevice(),
            Settings.OPENCL_DEVICE,
            all.devices.stream().map(Devices::name).toList());
  }

  static boolean isGpu(OpenCLDevice device) {
    return device.getType() == Device.TYPE.GPU;
  }

  static String name(OpenCLDevice device) {
    return Text.format("%s (%s)", device.getName(), device.getOpenCLPlatform().getName());
  }

  private static Found look() {
    Handler[] handlers = Logger.getLogger("").getHandlers();
    Level[] levels = Arrays.stream(handlers).map(Handler::getLevel).toArray(Level[]::new);
    APARAPI.setLevel(Level.SEVERE);
    try {
      // The default shares Java's arrays with the device, which breaks when the collector moves
      // them.
      OpenCLDevice.setConfigurator(device -> device.setSharedMemory(false));
      List<OpenCLDevice> devices = quietly(() -> OpenCLDevice.listDevices(null));
      devices.sort(Comparator.comparingInt(device -> isGpu(device) ? 0 : 1));
      String problem = devices.isEmpty() ? Drivers.noDeviceBecause() : null;
      return new Found(List.copyOf(devices), problem);
    } catch (RuntimeException | LinkageError e) {
      return new Found(
          List.of(),
          Text.format("OpenCL cannot be loaded here (%s); install a driver", firstLine(e)));
    } finally { // loading Aparapi sets all of them to WARNING
      for (int i = 0; i < handlers.length; i++) {
        handlers[i].setLevel(levels[i]);
      }
    }
  }

  /** Aparapi writes to stderr that it was not tested with this version of the platform. */
  private static List<OpenCLDevice> quietly(Supplier<List<OpenCLDevice>> list) {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      return new ArrayList<>(list.get());
    } finally {
      System.setErr(err);
    }
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
