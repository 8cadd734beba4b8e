package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.octnet.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opentest4j.TestAbortedException;

/**
 * Truncates valid files of every format, flips their bits and overwrites their words. What comes
 * out must be the model's arrays in their shapes, or one line; soon, and in little memory.
 */
class HostileFilesTest {
  private static final long MOST_BYTES = 200L << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(2);
  private static final long[] WORDS = {0, -1, 1, 8, 96, 1 << 16, 1 << 30, 1L << 40, Long.MAX_VALUE};

  private record Sample(byte[] bytes, ExpectedWeights expected, String suffix) {}

  private static Path folder;
  private static List<Sample> samples;

  @BeforeContainer
  static void collect() throws IOException {
    folder = Files.createTempDirectory("octnet-hostile");
    samples = new ArrayList<>();
    ExpectedWeights tiny =
        new ExpectedWeights(
            List.of(
                Cnn3Weights.conv("conv2d", true, 3, 3, 1, 3),
                Cnn3Weights.norm("batch_normalization", 3),
                Cnn3Weights.dense("dense", 3, 2)));
    List<LayerWeights> weights = KerasWeightsTest.random(tiny);
    for (String name : List.of("a.h5", "a.weights.h5")) {
      KerasWeights.save(folder.resolve(name), weights);
      add(folder.resolve(name), tiny);
    }
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      Path zip = folder.resolve("a.keras");
      Files.write(zip, keras(Files.readAllBytes(folder.resolve("a.weights.h5")), method));
      add(zip, tiny);
    }
    try {
      Path formats = Golden.folder("formats");
      add(formats.resolve("nested_tfkeras_weights.h5"), Cnn3Weights.backbone());
      add(formats.resolve("nested_keras3.keras"), Cnn3Weights.backbone());
      add(formats.resolve("kinds_keras3.h5"), Cnn3Weights.kinds());
      add(formats.resolve("bad/ok_shuffle_fletcher.h5"), Cnn3Weights.expected());
      add(formats.resolve("bad/ok_gzip.h5"), Cnn3Weights.expected());
      add(formats.resolve("bad/ok_latest.h5"), Cnn3Weights.expected());
    } catch (TestAbortedException e) {
      // without the golden files, the files written here
    }
  }

  @AfterContainer
  static void clean() throws IOException {
    for (String name : List.of("a.h5", "a.weights.h5", "a.keras")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  private static void add(Path file, ExpectedWeights expected) throws IOException {
    KerasWeights.load(file, expected); // valid to begin with
    String name = file.getFileName().toString();
    String suffix =
        name.endsWith(".keras") ? ".keras" : name.contains(".weights.") ? ".weights.h5" : ".h5";
    samples.add(new Sample(Files.readAllBytes(file), expected, suffix));
  }

  @Property(
      tries = 2000,
      seed = "4711",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedFileLoadsInItsShapesOrIsRefusedInOneLine(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Sample sample = samples.get(random.nextInt(samples.size()));
    Path file = folder.resolve("a" + sample.suffix());
    Files.write(file, damaged(sample.bytes(), random));

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      List<LayerWeights> loaded = KerasWeights.load(file, sample.expected());
      assertThat(ExpectedWeights.of(loaded))
          .usingRecursiveComparison()
          .isEqualTo(sample.expected());
    } catch (WeightFormatException e) {
      assertThat(e.getMessage())
          .contains(file.toString())
          .doesNotContain("\n")
          .hasSizeLessThan(2500);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST_TIME);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
  }

  private static byte[] damaged(byte[] original, Random random) {
    byte[] bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        int at = random.nextInt(bytes.length / 8) * 8;
        long word = WORDS[random.nextInt(WORDS.length)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, word);
      }
      default -> {
        // an address or length of one place at another: loops, overlaps
        int from = random.nextInt(bytes.length / 8) * 8;
        int to = random.nextInt(bytes.length / 8) * 8;
        System.arraycopy(original, from, bytes, to, 8);
      }
    }
    return bytes;
  }

  private static byte[] keras(byte[] weights, int method) throws IOException {
    String config =
        """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
        {"class_name": "Conv2D", "config": {"name": "conv2d"}},
        {"class_name": "BatchNormalization", "config": {"name": "batch_normalization"}},
        {"class_name": "Dense", "config": {"name": "dense"}}]}}
        """;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "config.json", config.getBytes(StandardCharsets.UTF_8), method);
      put(zip, "model.weights.h5", weights, method);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content, int method)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
