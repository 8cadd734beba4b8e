package io.octnet.benchmarks;

import io.octnet.synthetic.SyntheticSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * From {@code java -jar oct-app.jar train} to the end of the first training step: two JVMs, the
 * catalogue, decoding 80 small phantoms, and an epoch of cnn3 that is one step, with its
 * validation. (The state that is saved lies there before the first step.)
 */
final class StartJob {
  private StartJob() {}

  static Job.Result measure(Job.Size size) throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder("octnet-start")) {
      Path data = folder.path().resolve("data");
      new SyntheticSet(20, 128, 1).write(data, 1);
      double[] seconds = new double[size.repetitions()];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = start(data, folder.path().resolve("runs" + i));
      }
      return new Job.Result(seconds, 1);
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
                "--batch-size=64",
                "--epochs=1",
                "--out=" + runs)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.startsWith("epoch 1/")) {
        line = said.readLine();
      }
      if (line == null) {
        throw new IOException("the training ended before its first step");
      }
      return (System.nanoTime() - start) * 1e-9;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(path -> path.endsWith("oct-app.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("oct-app.jar is not on the class path"));
  }
}
