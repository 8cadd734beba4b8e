package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads exported files in real Keras, where {@code -Doctnet.python=PYTHON} names a Python that has
 * it; skipped elsewhere.
 */
class KerasLoadsExportsTest {
  @TempDir Path folder;

  @Test
  void kerasPredictsTheSameFromWhatIsWritten() throws IOException, InterruptedException {
    String python = System.getProperty("octnet.python", "");
    if (python.isBlank()) {
      System.out.println("skipped: -Doctnet.python=PYTHON (with keras or tf_keras) is not set");
    }
    assumeTrue(!python.isBlank(), "no Python with Keras");
    Path golden = Golden.folder("formats").getParent();
    List<LayerWeights> weights =
        KerasWeights.load(golden.resolve("formats/cnn3_keras3.keras"), Cnn3Weights.expected());
    KerasWeights.save(folder.resolve("cnn3.h5"), weights);
    KerasWeights.save(folder.resolve("cnn3.weights.h5"), weights);

    Process process =
        new ProcessBuilder(
                python,
                "src/test/python/check_exports.py",
                folder.toString(),
                "--golden",
                golden.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("loads cnn3.h5", "loads cnn3.weights.h5");
  }
}
