package io.octnet.comparison;

import io.octnet.zoo.Network;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the article reports of its five networks: 60,000 images of the Kermany set, split by image,
 * so that patients lie on both sides. One label an image: its F1-micro is the accuracy.
 *
 * @param f1Micro on train, validation and test
 * @param logLoss on train, validation and test
 * @param epochSeconds of 43,350 images on its GPU; null where it does not say
 */
public record ArticleResult(
    Network network, double[] f1Micro, double[] logLoss, Integer epochSeconds) {
  private static final ArticleResult[] ALL = {
    new ArticleResult(
        Network.CNN3,
        new double[] {0.9296, 0.9199, 0.9203},
        new double[] {0.0929, 0.4276, 0.2018},
        531),
    new ArticleResult(
        Network.CNN7,
        new double[] {0.9649, 0.9542, 0.9582},
        new double[] {0.0420, 0.1873, 0.2335},
        865),
    new ArticleResult(
        Network.VGG16,
        new double[] {0.9298, 0.9071, 0.9089},
        new double[] {0.0628, 0.2959, 0.3119},
        465),
    new ArticleResult(
        Network.RESNET50,
        new double[] {0.9459, 0.9366, 0.9399},
        new double[] {0.0190, 0.2734, 0.2909},
        null),
    new ArticleResult(
        Network.DENSENET121,
        new double[] {0.9857, 0.9561, 0.9651},
        new double[] {0.0091, 0.0921, 0.4273},
        null),
  };

  /** What it says of a network, by its name. */
  public static Optional<ArticleResult> of(String model) {
    return Arrays.stream(ALL).filter(result -> result.network.id().equals(model)).findFirst();
  }
}
