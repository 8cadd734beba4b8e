package io.octnet.benchmarks;

import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From {@code java -jar oct-app.jar train} to the end of the first training step, that is until its
 * checkpoint lies there: two JVMs, the catalogue, decoding 80 small phantoms, a step of cnn3.
 */
final class StartJob {
  private StartJob() {}

  static Job.Result measure(Job.Size size) throws Exception {
    Path folder = Files.createTempDirectory("octnet-start");
    try {
      Path data = folder.resolve("data");
      new SyntheticSet(20, 128, 1).write(data, 1);
      double[] seconds = new double[size.repetitions()];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = start(data, folder.resolve("runs" + i));
      }
      return new Job.Result(seconds, 1);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static double start(Path data, Path runs) throws Exception {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar(),
                "train",
                "--data=" + data,
                "--image-size=64",
                "--batch-size=16",
                "--checkpoint-every=0.000001",
                "--out=" + runs)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (!hasCheckpoint(runs)) {
        if (!process.isAlive()) {
          throw new IOException("the training ended before its first step");
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
      return (System.nanoTime() - start) * 1e-9;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean hasCheckpoint(Path runs) throws IOException {
    if (!Files.isDirectory(runs)) {
      return false;
    }
    try (Stream<Path> all = Files.list(runs)) {
      return all.anyMatch(run -> Files.exists(run.resolve("last.h5")));
    }
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(path -> path.endsWith("oct-app.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("oct-app.jar is not on the class path"));
  }
}
