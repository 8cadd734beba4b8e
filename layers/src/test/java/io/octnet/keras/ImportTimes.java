package io.octnet.keras;

import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long the import of a weight file takes and how much memory: {@code ImportTimes vgg16
 * vgg16_notop.h5}. Prints a line a run; the first is the one that a user waits for. On a busy
 * machine the processor's time says more than the clock's.
 */
final class ImportTimes {
  private ImportTimes() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    Network network = Network.of(args[0]);
    System.out.printf(Locale.ROOT, "%s: %,d bytes%n", file.getFileName(), Files.size(file));
    for (int run = 0; run < 5; run++) {
      System.gc();
      heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
      Model model = network.backbone(224, 224);
      long start = System.nanoTime();
      long processor = processorNanos();
      WeightFiles.load(model, file);
      long millis = (System.nanoTime() - start) / 1_000_000;
      long busy = (processorNanos() - processor) / 1_000_000;
      long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      System.out.printf(
          Locale.ROOT,
          "import %d ms, %d ms of processor, heap peak %,d bytes, %.2f times the file%n",
          millis,
          busy,
          peak,
          (double) peak / Files.size(file));
    }
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }
}
