package io.octnet.opencl;

import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Why no OpenCL driver gave a device. On Linux a driver is registered by a file {@code NAME.icd}
 * that names its library; one that cannot be loaded is left out without a word, so it is named
 * here.
 */
final class Drivers {
  private Drivers() {}

  static String noDeviceBecause() {
    String folder = System.getenv("OCL_ICD_VENDORS");
    return noDeviceBecause(Path.of(folder == null ? "/etc/OpenCL/vendors" : folder));
  }

  static String noDeviceBecause(Path folder) {
    List<String> drivers = registered(folder);
    return drivers.isEmpty()
        ? Text.format("no OpenCL driver is registered in %s; install one", folder)
        : Text.format(
            "no OpenCL driver gave a device; registered in %s: %s",
            folder, String.join(", ", drivers));
  }

  private static List<String> registered(Path folder) {
    List<String> drivers = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return drivers;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.icd")) {
      for (Path file : files) {
        drivers.add(Text.format("%s (%s)", file.getFileName(), library(file)));
      }
    } catch (IOException e) {
      drivers.add("unreadable, " + e.getMessage());
    }
    drivers.sort(null);
    return drivers;
  }

  private static String library(Path file) {
    try {
      String name = Files.readString(file).strip();
      if (name.isEmpty()) {
        return "names no library";
      }
      boolean missing = name.startsWith("/") && !Files.exists(Path.of(name));
      return name + (missing ? " is not there" : " cannot be loaded, or has no device");
    } catch (IOException | RuntimeException e) {
      return "cannot be read";
    }
  }
}
