package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A model file with an architecture of its own on the command line. */
class KerasModelCommandTest {
  private static final String CLASSES = "--classes=CNV,DME,DRUSEN,NORMAL";

  private static Cli.Result predict(String... options) {
    Path cases = Golden.shared("cases");
    Object[] args = new Object[options.length + 3];
    args[0] = "predict";
    args[1] = cases.resolve("elu.keras").toString();
    args[2] = cases.resolve("k48.png").toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return Cli.run(args);
  }

  @Test
  void predictSaysWhatKerasSaysOfTheFilesOwnModel() {
    Cli.Result result = predict(CLASSES, "--preprocess", "div255");
    assertThat(result.code()).isZero();
    String[] row = result.out().lines().toList().get(1).split(",");
    assertThat(row[1]).isEqualTo("DME"); // the second class; as cnn3 it would be the first, 0.956
    assertThat(Double.parseDouble(row[3])).isGreaterThan(0.99995);
  }

  @Test
  void aNetworkThatItIsNotIsRefusedByLayerAndAttribute() {
    Cli.Result result =
        predict(CLASSES, "--preprocess", "div255", "--model", "cnn3", "--image-size", "48");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("layer conv2d_1: activation is elu in the file, relu in cnn3");
  }

  @Test
  void whatTheFileCannotKnowIsAskedForByName() {
    assertThat(predict("--preprocess", "div255").err())
        .contains("has 4 classes and does not name them; say --classes");
    assertThat(predict(CLASSES).err()).contains("say --preprocess none|div255|caffe|torch");
    assertThat(predict(CLASSES, "--preprocess", "div255", "--image-size", "64").err())
        .contains("takes images of 48 x 48 in the file, --image-size is 64");
  }
}
