package io.octnet.cli;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.DeviceException;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The compute back-ends of this machine, and which would be used. */
@Command(
    name = "devices",
    description = "Shows the compute back-ends here, and which would be used and why.",
    footer = {"", "Example: octnet devices --json"})
final class DevicesCommand extends OctCommand {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions options;

  private record Device(
      String backend, boolean used, boolean available, String description, List<String> devices) {}

  private record Result(
      String used,
      String because,
      int threads,
      int processors,
      String java,
      long heapMib,
      List<Device> backends) {}

  @Override
  public Integer call() {
    int threads = options.threads();
    String chosen = description(); // refuses what cannot run here
    List<Device> devices = new ArrayList<>();
    for (ComputeProvider provider : Backend.providers()) {
      if (provider.name().equals("auto")) {
        continue; // one of the others
      }
      devices.add(device(provider, threads, chosen));
    }
    if (!OpenClAddOn.isInstalled()) {
      devices.add(new Device("opencl", false, false, OpenClAddOn.MISSING, List.of()));
    }
    Result result =
        new Result(
            devices.stream().filter(Device::used).findFirst().orElseThrow().backend,
            because(),
            threads,
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().toString(),
            Runtime.getRuntime().maxMemory() >> 20,
            devices);
    if (json) {
      printJson(result);
    } else {
      printText(result);
    }
    return DONE;
  }

  /** What the back-end that would be used says of itself. */
  private String description() {
    try (Compute compute = options.create()) {
      return compute.description();
    }
  }

  private String because() {
    return switch (options.backend) {
      case null -> "it is the fastest that runs here";
      case "auto" -> "auto chose it";
      default -> "it was asked for";
    };
  }

  private static Device device(ComputeProvider provider, int threads, String chosen) {
    String reason = provider.unavailableBecause();
    if (reason != null) {
      return new Device(provider.name(), false, false, reason, List.of());
    }
    try (Compute compute = provider.create(threads)) {
      String description = compute.description();
      boolean used = description.equals(chosen);
      return new Device(provider.name(), used, true, description, provider.devices());
    } catch (DeviceException e) {
      return new Device(provider.name(), false, false, e.getMessage(), provider.devices());
    }
  }

  private void printText(Result result) {
    for (Device device : result.backends) {
      print(
          Text.format(
              "%s %-8s %s%s",
              device.used ? "*" : " ",
              device.backend,
              device.available ? "" : "not here: ",
              device.description));
      device.devices.forEach(each -> print("             device: " + each));
    }
    print("");
    print(Text.format("%s is used: %s", result.used, result.because));
    print(
        Text.format(
            "%d threads, %d processors, up to %,d MiB of memory, Java %s",
            result.threads, result.processors, result.heapMib, result.java));
  }
}
