package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.models.WeightFiles;
import io.octnet.testing.Golden;
import io.octnet.zoo.Network;
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
    save("cnn3", weights);
    for (Network network : List.of(Network.VGG16, Network.RESNET50, Network.DENSENET121)) {
      ExpectedWeights expected = WeightFiles.expected(network.backbone(224, 224));
      save(network.id(), KerasWeights.load(ZooFiles.get(network.id() + "_notop"), expected));
    }

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
    System.out.print(output);
    assumeTrue(output.contains("loads"), "neither keras nor tf_keras in " + python);
    assertThat(output).contains("loads cnn3.h5", "loads cnn3.weights.h5", "loads resnet50.h5");
  }

  private void save(String name, List<LayerWeights> weights) throws IOException {
    KerasWeights.save(folder.resolve(name + ".h5"), weights);
    KerasWeights.save(folder.resolve(name + ".weights.h5"), weights);
  }
}
