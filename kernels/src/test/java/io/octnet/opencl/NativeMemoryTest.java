package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Convolves for {@code -Doctnet.opencl.minutes}: every call gets other arrays, as in training, and
 * what a call leaves behind adds up. Its arrays have 1 MiB; a leak of one in ten calls is found.
 */
@ExtendWith(WithDevice.class)
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "octnet.opencl.minutes", matches = "\\d+")
class NativeMemoryTest {
  private static final int ARRAYS = 6;
  private static final ConvGeometry G = ConvGeometry.same(1, 256, 256, 4, 1, 1, 4, 1, 1);

  @Test
  void whatCallsLeaveBehindDoesNotAddUp() throws IOException {
    long end = System.nanoTime() + Long.getLong("octnet.opencl.minutes") * 60_000_000_000L;
    float[][] x = new float[ARRAYS][G.inputSize()];
    float[][] y = new float[ARRAYS][G.outputSize()];
    float[][] kernel = new float[ARRAYS][G.kernelSize()];
    Random random = new Random(1);
    List<Long> resident = new ArrayList<>(); // after each round, in MiB
    try (Compute opencl = WithDevice.compute()) {
      while (System.nanoTime() < end) {
        for (int i = 0; i < 10; i++) {
          float[] from = x[random.nextInt(ARRAYS)];
          float[] to = y[random.nextInt(ARRAYS)];
          float[] weights = kernel[random.nextInt(ARRAYS)];
          opencl.conv2d(G, ConvInput.of(from), weights, Epilogue.NONE, to);
          opencl.conv2dBackwardData(G, ConvGradient.of(to), weights, from);
          opencl.conv2dBackwardWeights(G, ConvInput.of(from), ConvGradient.of(to), weights, null);
        }
        resident.add(residentMiB());
      }
    }
    System.out.println("resident MiB after each 30 calls: " + resident);
    int quarter = resident.size() / 4;
    long grown = resident.getLast() - resident.get(quarter);
    assertThat(grown).isLessThan(Math.max(32, 30L * (resident.size() - quarter) / 10));
  }

  private static long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }
}
