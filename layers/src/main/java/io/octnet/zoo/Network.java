package io.octnet.zoo;

import static io.octnet.layers.ActivationFunction.SOFTMAX;

import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.GlobalMaxPooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.layers.Symbol;
import io.octnet.models.Model;
import io.octnet.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The networks by name. The first two are trained from scratch; the other three are backbones of
 * keras.applications, whose pretrained weights they can take, with the article's heads.
 */
public enum Network {
  /** Three convolutions, 94,660 parameters for 4 classes. */
  CNN3(4),
  /** Seven convolutions, 2,267,556 parameters for 4 classes. */
  CNN7(8),
  /** VGG16 and a head of four dense layers. */
  VGG16(32),
  /** ResNet50, global maximum, dropout, one dense layer. */
  RESNET50(32),
  /** DenseNet121, global maximum, dropout, one dense layer. */
  DENSENET121(32);

  private final int minimumSize;

  Network(int minimumSize) {
    this.minimumSize = minimumSize;
  }

  /** The name on command lines and in files: {@code resnet50}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Network of(String id) {
    return Arrays.stream(values())
        .filter(network -> network.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Text.format(
                        "unknown network '%s'; known are %s",
                        id, Arrays.stream(values()).map(Network::id).toList())));
  }

  /** Whether pretrained weights exist for it. */
  public boolean isBackbone() {
    return this != CNN3 && this != CNN7;
  }

  /**
   * The network of the article: with its head, ending in a softmax. Images are (height, width, 3).
   */
  public Model article(int height, int width, int classes) {
    Symbol input = input(height, width);
    Symbol output =
        switch (this) {
          case CNN3 -> Cnn.cnn3(input, classes);
          case CNN7 -> Cnn.cnn7(input, classes);
          case VGG16 -> Vgg16.head(Vgg16.features(input), classes);
          case RESNET50 -> head(ResNet50.features(input), 0.6, classes);
          case DENSENET121 -> head(DenseNet121.features(input), 0.4, classes);
        };
    return Model.of(id(), output);
  }

  private static Symbol head(Symbol features, double rate, int classes) {
    Symbol x = new Dropout(rate).apply(new GlobalMaxPooling2D().apply(features));
    return new Dense(classes).activation(SOFTMAX).apply(x);
  }

  /** The backbone alone: Keras's {@code include_top=False}. */
  public Model backbone(int height, int width) {
    return Model.of(id() + "_notop", features(input(height, width)));
  }

  /** With Keras's own top: {@code include_top=True}; 1000 classes for ImageNet. */
  public Model withTop(int height, int width, int classes) {
    Symbol features = features(input(height, width));
    if (this == VGG16) {
      return Model.of(id(), Vgg16.top(features, classes));
    }
    Symbol mean = new GlobalAveragePooling2D().named("avg_pool").apply(features);
    return Model.of(id(), new Dense(classes).activation(SOFTMAX).named("predictions").apply(mean));
  }

  private Symbol features(Symbol input) {
    return switch (this) {
      case VGG16 -> Vgg16.features(input);
      case RESNET50 -> ResNet50.features(input);
      case DENSENET121 -> DenseNet121.features(input);
      case CNN3, CNN7 ->
          throw new IllegalArgumentException(
              id() + " has no backbone; vgg16, resnet50 and densenet121 have");
    };
  }

  private Symbol input(int height, int width) {
    if (Math.min(height, width) < minimumSize) {
      throw new IllegalArgumentException(
          Text.format(
              "%s needs images of at least %d x %d, received %d x %d",
              id(), minimumSize, minimumSize, height, width));
    }
    Symbol input = InputLayer.input(height, width, 3);
    if (isBackbone()) {
      input.layer().named("input_1");
    }
    return input;
  }

  /** The backbone's layers within the article's model, the input being the first. */
  List<Layer> backboneLayers(Model article) {
    return backbonePart(article).layers();
  }

  /**
   * The backbone within the article's model, whose layers it shares: what pretrained weights are
   * loaded into.
   *
   * @throws IllegalArgumentException if this network has none
   */
  public Model backbonePart(Model article) {
    String last =
        switch (this) {
          case VGG16 -> "block5_pool";
          case RESNET50 -> "conv5_block3_out";
          case DENSENET121 -> "relu";
          case CNN3, CNN7 ->
              throw new IllegalArgumentException(
                  id() + " has no pretrained layers to freeze; train all of it");
        };
    return article.until(last);
  }
}
