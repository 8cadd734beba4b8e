package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.octnet.compute.Backend;
import io.octnet.images.Preprocess;
import io.octnet.runs.Machine;
import io.octnet.runs.Reading;
import io.octnet.runs.RunConfig;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.zoo.Network;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2,000 steps of cnn3 at 64 pixels: no memory, thread or file handle is lost on the way. */
@Tag("soak")
class SoakTest {
  private static final int STEPS = 2000;
  private static final int BATCH = 16;

  @TempDir Path folder;

  /** After a full collection. */
  private record Usage(long heap, int threads, long files) {
    static Usage now() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Usage(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          system.getOpenFileDescriptorCount());
    }
  }

  @Test
  void memoryThreadsAndFilesStayFlat() {
    Path data = folder.resolve("scans");
    new SyntheticSet(90, 64, 7).write(data, 2);
    List<Usage> usages = new ArrayList<>();
    int[] epochs = {0};
    training(data, 1, new ArrayList<>(), new int[1]).run(); // Java's own: drawing starts a thread
    Usage before = Usage.now();
    training(data, wanted(), usages, epochs).run();
    Usage after = Usage.now();

    usages.forEach(usage -> System.out.println("SoakTest: " + usage));
    System.out.printf(
        Locale.ROOT, "SoakTest: %d epochs; before %s, after %s%n", epochs[0], before, after);
    Usage settled = usages.get(usages.size() / 5);
    assertThat(usages).hasSizeGreaterThanOrEqualTo(10);
    assertThat(usages.subList(usages.size() / 5, usages.size()))
        .allSatisfy(
            usage -> {
              assertThat((double) usage.heap / settled.heap).isBetween(0.98, 1.02);
              assertThat(usage.threads).isEqualTo(settled.threads);
              assertThat(usage.files).isEqualTo(settled.files);
            });
    assertThat(after.threads).isLessThanOrEqualTo(before.threads);
    assertThat(after.files).isLessThanOrEqualTo(before.files);
  }

  private static int wanted() {
    int images = 261; // that the split leaves for training
    return Math.ceilDiv(STEPS, Math.ceilDiv(images, BATCH));
  }

  /** Usage is noted at the end of each tenth epoch. */
  private Training training(Path data, int wanted, List<Usage> usages, int[] epochs) {
    Progress progress =
        new Progress() {
          @Override
          public void line(String text) {
            if (text.startsWith("epoch ") && ++epochs[0] % 10 == 0) {
              usages.add(Usage.now());
            }
          }

          @Override
          public void running(String text) {}
        };
    RunConfig config =
        new RunConfig(
            data,
            Network.CNN3,
            "none",
            null,
            wanted,
            BATCH,
            64,
            0.001,
            Split.Rule.PATIENT,
            null,
            Fractions.ARTICLE,
            0,
            Reading.USUAL,
            true,
            true,
            Preprocess.DIV255,
            42,
            2,
            Backend.best(),
            wanted,
            "float32",
            10,
            folder.resolve("runs"),
            false);
    return new Training(config, Machine.here("test", "test", 2), network -> null, progress);
  }
}
