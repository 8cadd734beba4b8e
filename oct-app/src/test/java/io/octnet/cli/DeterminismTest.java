package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same training ends in the same bits for any number of threads, whenever it runs. It need not
 * across vector widths: a wider register adds up more partial sums, in another order.
 */
class DeterminismTest {
  @TempDir Path folder;

  @Test
  void anyNumberOfThreadsEndsInTheSameBits() throws IOException {
    Path data = folder.resolve("scans");
    new SyntheticSet(9, 32, 7).write(data, 2);
    Path first = train(data, "first", 1);
    for (int threads : new int[] {1, 2, 3, 8}) {
      Path other = train(data, "threads-" + threads, threads);
      for (String file :
          List.of("best.h5", "last.h5", "predictions.csv", "metrics.json", "split.csv")) {
        assertThat(other.resolve(file))
            .as("%d threads", threads)
            .hasSameBinaryContentAs(first.resolve(file));
      }
      assertThat(withoutTimes(other)).isEqualTo(withoutTimes(first));
    }
  }

  private Path train(Path data, String out, int threads) {
    Cli.Result result =
        Cli.run(
            "train",
            "--data=" + data,
            "--out=" + folder.resolve(out),
            "--threads=" + threads,
            "--image-size=24",
            "--batch-size=7",
            "--augment=light",
            "--epochs=2");
    assertThat(result.code()).as(result.err()).isZero();
    return folder.resolve(out).resolve("train-cnn3-1");
  }

  private static List<List<String>> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }
}
