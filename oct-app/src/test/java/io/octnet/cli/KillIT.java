package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.random.RandomStream;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training at random moments, again and again, and resumes it until it is done: the bits
 * must be those of one that was left alone. {@code -Doctnet.kills=200} for more than 25.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("octnet.kills", 25);
  private static final int EPOCHS = 4;

  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killedAndResumedItEndsInTheSameBits() throws Exception {
    assumeTrue(System.getProperty("octnet.jar") != null, "runs once the jar is built: mvn verify");
    new SyntheticSet(15, 32, 7).write(folder.resolve("scans"), 2);
    long start = System.nanoTime();
    assertThat(start("whole").waitFor()).isZero();
    long millis = (System.nanoTime() - start) / 1_000_000;
    long seed = Long.getLong("octnet.kill.seed", System.nanoTime());
    System.err.printf("KillIT: seed %d, an undisturbed run takes %d ms%n", seed, millis);

    RandomStream random = RandomStream.of(seed);
    int kills = 0;
    while (kills < KILLS) {
      Process process = next();
      long wait = 1L + random.nextInt((int) millis);
      if (!process.waitFor(wait, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        kills++;
      } else if (process.exitValue() == 0) {
        compare(seed, kills);
        delete();
      } else {
        throw new AssertionError("exit code %d, seed %d".formatted(process.exitValue(), seed));
      }
    }
    assertThat(next().waitFor()).isZero();
    compare(seed, kills);
  }

  /** Goes on where a state was saved, else begins anew. */
  private Process next() throws IOException {
    Path run = run("killed");
    boolean saved =
        Files.exists(run.resolve("last.h5")) || Files.exists(run.resolve("last.previous.h5"));
    if (saved) {
      return java("train", "--resume", run.toString());
    }
    delete();
    return start("killed");
  }

  private void delete() throws IOException {
    Path out = folder.resolve("killed");
    if (Files.exists(out)) {
      try (var files = Files.walk(out)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Path run(String out) {
    return folder.resolve(out).resolve("train-cnn3-1");
  }

  private void compare(long seed, int kills) throws IOException {
    String context = "seed %d, %d kills".formatted(seed, kills);
    for (String file : List.of("best.h5", "predictions.csv", "split.csv")) {
      assertThat(run("killed").resolve(file))
          .as(context)
          .hasSameBinaryContentAs(run("whole").resolve(file));
    }
    assertThat(withoutTimes("killed")).as(context).isEqualTo(withoutTimes("whole"));
  }

  private List<List<String>> withoutTimes(String out) throws IOException {
    return Files.readAllLines(run(out).resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }

  private Process start(String out) throws IOException {
    return java(
        "train",
        "--data=" + folder.resolve("scans"),
        "--out=" + folder.resolve(out),
        "--image-size=16",
        "--batch-size=8",
        "--augment=light",
        "--epochs=" + EPOCHS);
  }

  /** Without the launcher, which would save when it is killed. */
  private static Process java(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("octnet.jar"), Main.class.getName()));
    line.addAll(List.of(args));
    return new ProcessBuilder(line)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
