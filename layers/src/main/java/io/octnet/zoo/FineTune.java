package io.octnet.zoo;

import io.octnet.layers.Layer;
import io.octnet.models.Model;
import io.octnet.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which layers of a backbone are trained; the head always is. */
public enum FineTune {
  /** None. */
  FROZEN,
  /**
   * The last three convolutions with the batch norms among them, those that follow ResNet50's
   * included: what the article says.
   */
  LAST3,
  /** All but the first three layers, the input being the first: what the article's code did. */
  ALL_BUT_FIRST3,
  /** All. */
  ALL;

  private static final List<String> VGG16_LAST3 =
      List.of("block5_conv1", "block5_conv2", "block5_conv3");
  private static final List<String> RESNET50_LAST3 =
      List.of(
          "conv5_block3_1_conv",
          "conv5_block3_1_bn",
          "conv5_block3_2_conv",
          "conv5_block3_2_bn",
          "conv5_block3_3_conv",
          "conv5_block3_3_bn");
  private static final List<String> DENSENET121_LAST3 =
      List.of(
          "conv5_block15_2_conv",
          "conv5_block16_1_conv",
          "conv5_block16_1_bn",
          "conv5_block16_2_conv");

  /** The name on command lines: {@code all-but-first3}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mode of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FineTune of(String id) {
    return Arrays.stream(values())
        .filter(mode -> mode.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Text.format(
                        "unknown fine-tuning '%s'; known are %s",
                        id, Arrays.stream(values()).map(FineTune::id).toList())));
  }

  /** Freezes and thaws the layers of a network's article model accordingly. */
  public void apply(Network network, Model article) {
    article.setTrainable(layer -> true);
    if (this == ALL) {
      return;
    }
    List<Layer> backbone = network.backboneLayers(article);
    switch (this) {
      case FROZEN -> backbone.forEach(layer -> layer.setTrainable(false));
      case ALL_BUT_FIRST3 -> backbone.subList(0, 3).forEach(layer -> layer.setTrainable(false));
      case LAST3 -> {
        Set<String> trained = Set.copyOf(last3(network));
        backbone.forEach(layer -> layer.setTrainable(trained.contains(layer.name())));
      }
      case ALL -> throw new AssertionError("handled above");
    }
  }

  private static List<String> last3(Network network) {
    return switch (network) {
      case VGG16 -> VGG16_LAST3;
      case RESNET50 -> RESNET50_LAST3;
      case DENSENET121 -> DENSENET121_LAST3;
      case CNN3, CNN7 -> List.of();
    };
  }
}
