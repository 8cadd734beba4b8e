package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  @TempDir static Path folder;

  private static Path weights;
  private static Model model;

  @BeforeAll
  static void makeWeights() throws IOException {
    weights = folder.resolve("densenet121.h5");
    model = Network.DENSENET121.backbone(32, 32).initialize(1);
    WeightFiles.save(model, weights);
  }

  private static Cli.Result features(Object... options) {
    Object[] args = new Object[options.length + 5];
    System.arraycopy(
        new Object[] {"features", "--model", "densenet121", "--weights", weights}, 0, args, 0, 5);
    System.arraycopy(options, 0, args, 5, options.length);
    return Cli.run(args);
  }

  @Test
  void anArrayOfFloatsIsTakenAsItIs() throws IOException {
    float[] values = new float[32 * 32 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 255) / 255f;
    }
    Path x = folder.resolve("x.npy");
    Npy.write(x, Shape.of(1, 32, 32, 3), values);
    Path y = folder.resolve("y.npy");

    Cli.Result result = features("--input", x, "--out", y);

    assertThat(result.code()).as(result.err()).isZero();
    Npy written = Npy.read(y);
    assertThat(written.dims()).containsExactly(1, 1, 1, 1024);
    Tensor expected = model.predict(Tensor.of(Shape.of(1, 32, 32, 3), values));
    float[] found = written.floats();
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected.data()[i])).isLessThan(1e-4f);
    }
  }

  @Test
  void aFolderGivesARowAFileInTheOrderPrinted() throws IOException {
    Path data = folder.resolve("scans");
    new SyntheticSet(1, 32, 7).write(data, 2);
    Path y = folder.resolve("folder.npy");

    Cli.Result result = features("--input", data, "--image-size", 32, "--out", y);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList())
        .containsExactly(
            data + "/CNV/CNV-1000-1.png",
            data + "/DME/DME-2000-1.png",
            data + "/DRUSEN/DRUSEN-3000-1.png",
            data + "/NORMAL/NORMAL-4000-1.png");
    assertThat(Npy.read(y).dims()).containsExactly(4, 1, 1, 1024);
  }

  @Test
  void badInputIsOneLineAndNothingIsWritten() throws IOException {
    Path y = folder.resolve("none.npy");
    Path text = Files.writeString(folder.resolve("text.npy"), "no array");
    Path flat = folder.resolve("flat.npy");
    Npy.write(flat, Shape.of(4), new float[4]);
    Path images = Files.createDirectories(folder.resolve("bad"));
    Files.writeString(images.resolve("a.png"), "text");

    for (Path input : new Path[] {text, flat, images, folder.resolve("nowhere.npy")}) {
      Cli.Result result = features("--input", input, "--image-size", 32, "--out", y);
      assertThat(result.code()).as(input.toString()).isEqualTo(1);
      assertThat(result.complaint()).startsWith("octnet: ").hasLineCount(1);
      assertThat(result.complaint()).doesNotContain("unexpected");
    }
    assertThat(Cli.run("features", "--model=cnn3", "--input", flat, "--out", y).code())
        .isEqualTo(2);
    assertThat(features("--input", flat, "--image-size", 8, "--out", y).code()).isEqualTo(2);
    assertThat(y).doesNotExist();
  }
}
