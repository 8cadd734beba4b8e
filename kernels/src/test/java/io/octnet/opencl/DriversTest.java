package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of drivers that gave no device. */
class DriversTest {
  @TempDir Path folder;

  @Test
  void whereThereIsNoneOneIsToBeInstalled() {
    assertThat(Drivers.noDeviceBecause(folder))
        .isEqualTo(Text.format("no OpenCL driver is registered in %s; install one", folder));
    Path nowhere = folder.resolve("nowhere");
    assertThat(Drivers.noDeviceBecause(nowhere)).contains(nowhere.toString());
  }

  @Test
  void aBrokenOneIsNamedWithItsLibrary() throws IOException {
    Path text = Files.writeString(folder.resolve("not-a-library.so"), "text");
    Files.writeString(folder.resolve("a.icd"), "/nowhere/libacme.so\n");
    Files.writeString(folder.resolve("b.icd"), text + "\n");
    Files.writeString(folder.resolve("c.icd"), "\n");
    Files.write(folder.resolve("d.icd"), new byte[] {(byte) 0xff, 0});

    assertThat(Drivers.noDeviceBecause(folder))
        .isEqualTo(
            Text.format(
                    "no OpenCL driver gave a device; registered in %s: a.icd (/nowhere/libacme.so is not there), ",
                    folder)
                + Text.format(
                    "b.icd (%s cannot be loaded, or has no device), c.icd (names no library), ",
                    text)
                + "d.icd (cannot be read)");
  }
}
