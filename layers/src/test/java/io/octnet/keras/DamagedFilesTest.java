package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Damaged and unusual files: each loads with the right bits, or gives one line that says why not.
 */
class DamagedFilesTest {
  private static final long MOST_BYTES = 200L << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(2);

  @TestFactory
  Stream<DynamicTest> eachLoadsOrIsRefusedForItsReason() throws IOException {
    Path formats = Golden.folder("formats");
    Path bad = formats.resolve("bad");
    List<LayerWeights> original =
        KerasWeights.load(formats.resolve("cnn3_tfkeras_weights.h5"), Cnn3Weights.expected());
    List<String> lines = Files.readAllLines(bad.resolve("expect.tsv"));
    return lines.stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0], () -> check(bad.resolve(row[0]), row[1], row[2], original)));
  }

  private static void check(Path file, String expect, String dataset, List<LayerWeights> original) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      List<LayerWeights> loaded = KerasWeights.load(file, Cnn3Weights.expected());
      assertThat(expect).as("what must happen").isEqualTo("load");
      GoldenFormatsTest.assertSame(loaded, original, file);
    } catch (WeightFormatException e) {
      assertThat(expect).as(e.getMessage()).isEqualTo("error");
      assertThat(e.getMessage()).contains(file.getFileName().toString()).doesNotContain("\n");
      if (!dataset.isEmpty()) {
        assertThat(e.getMessage()).contains(" " + dataset + " ");
      }
    } catch (IOException e) {
      fail("not the one kind of exception", e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST_TIME);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
  }
}
