package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.catalogue.PatientPattern;
import io.octnet.images.Preprocess;
import io.octnet.runs.RunConfig;
import io.octnet.split.Split;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code train}; what is left out stays null until the recipe fills it in. */
final class TrainOptions {
  private static final int LARGEST = 2048;

  /** By what a folder is divided. */
  enum SplitBy {
    patient,
    image,
    given;

    Split.Rule rule() {
      return Split.Rule.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** How the classes are weighted in the loss. */
  enum ClassWeights {
    balanced,
    none
  }

  /** How images are changed while training. */
  enum Augmentation {
    none,
    light
  }

  /** How features are kept. */
  enum FeatureType {
    float32,
    float16
  }

  /** A set of choices. */
  enum Recipe {
    article
  }

  @Mixin DataOptions data;
  @Mixin BackendOptions backend;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "cnn3, cnn7, vgg16, resnet50 or densenet121. Default: cnn3.")
  Network model;

  @Option(
      names = "--weights",
      paramLabel = "FILE|imagenet|none",
      description =
          "First weights: a file of Keras's, those of ImageNet, or random ones. Default: imagenet"
              + " for vgg16, resnet50 and densenet121, none for the others.")
  String weights;

  @Option(
      names = "--fine-tune",
      paramLabel = "MODE",
      description =
          "What is trained of a pretrained network beside its head: frozen, last3,"
              + " all-but-first3 or all. Default: frozen.")
  FineTune fineTune;

  @Option(names = "--epochs", paramLabel = "N", description = "At most so many. Default: 20.")
  Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images a step. Default: 64, or what fits the memory and the number of images.")
  Integer batchSize;

  @Option(
      names = "--image-size",
      paramLabel = "PX",
      description = "Height and width that images are resized to. Default: 224; 64 for phantoms.")
  Integer imageSize;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam. Default: 0.001.")
  Double learningRate;

  @Option(
      names = "--class-weights",
      paramLabel = "balanced|none",
      description = "balanced: rare classes count more. Default: none.")
  ClassWeights classWeights;

  @Option(
      names = "--augment",
      paramLabel = "none|light",
      description = "light: turned, shifted, mirrored, brightened a little. Default: none.")
  Augmentation augment;

  @Option(
      names = "--preprocess",
      paramLabel = "div255|caffe|torch",
      description =
          "What is done to pixels. Default: the network's own with pretrained weights, else"
              + " div255.")
  Preprocess preprocess;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after so many epochs without a smaller validation loss. Default: 3, more where"
              + " an epoch has few steps.")
  Integer patience;

  @Option(
      names = "--no-feature-cache",
      description =
          "Compute what a frozen backbone says of each image anew in every epoch, instead of once.")
  boolean noFeatureCache;

  @Option(
      names = "--feature-type",
      paramLabel = "float32|float16",
      description =
          "How the feature cache keeps numbers; float16 takes half the room. Default: float32.")
  FeatureType featureType;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "MIN",
      description = "Save the state every so many minutes, and after each epoch. Default: 10.")
  Double checkpointEvery;

  @Option(names = "--out", paramLabel = "DIR", description = "Where run folders go. Default: runs.")
  Path out;

  @Option(
      names = "--recipe",
      paramLabel = "article",
      description = "All choices of the article, its split by image included; stamped LEAKY.")
  Recipe recipe;

  /** Every default filled in. */
  RunConfig resolve() {
    boolean article = recipe == Recipe.article;
    Network network = or(model, Network.CNN3);
    String firstWeights = or(weights, network.isBackbone() ? "imagenet" : "none");
    if (firstWeights.equals("imagenet") && !network.isBackbone()) {
      throw UserException.usage(
          Text.format(
              "--weights imagenet: there are none for %s; expected none, or a file", network.id()));
    }
    if (fineTune != null && !network.isBackbone()) {
      throw UserException.usage(
          Text.format(
              "--fine-tune %s: %s has no pretrained layers; leave the option out",
              fineTune.id(), network.id()));
    }
    if (data.reading.patientRegex != null) {
      PatientPattern.of(data.reading.patientRegex); // refused before any work
    }
    return new RunConfig(
        data.folder(),
        network,
        firstWeights,
        network.isBackbone() ? or(fineTune, defaultFineTune(network, article)) : null,
        atLeastOne("--epochs", or(epochs, 20)),
        batchSize == null ? (article ? 64 : 0) : atLeastOne("--batch-size", batchSize),
        size(network, or(imageSize, data.folder == null && !article ? 64 : 224)),
        positive("--learning-rate", or(learningRate, 0.001)),
        or(data.split, article ? SplitBy.image : SplitBy.patient).rule(),
        data.splitFile,
        data.fractions(),
        data.limit(),
        data.reading(),
        classWeights == ClassWeights.balanced,
        augment == Augmentation.light,
        or(preprocess, defaultPreprocess(network, firstWeights, article)),
        data.seed(),
        backend.threads(),
        backend.name(),
        patience == null ? 0 : atLeastOne("--patience", patience),
        noFeatureCache ? "none" : or(featureType, FeatureType.float32).name(),
        positive("--checkpoint-every", or(checkpointEvery, 10.0)),
        or(out, Path.of("runs")),
        article);
  }

  /** VGG16 was frozen; of the others the article's code froze the first three layers. */
  private static FineTune defaultFineTune(Network network, boolean article) {
    return article && network != Network.VGG16 ? FineTune.ALL_BUT_FIRST3 : FineTune.FROZEN;
  }

  private static Preprocess defaultPreprocess(Network network, String weights, boolean article) {
    boolean plain = article || weights.equals("none");
    return plain ? Preprocess.DIV255 : ownPreprocess(network);
  }

  /** What a network's pretrained weights were trained with, as keras.applications has it. */
  static Preprocess ownPreprocess(Network network) {
    return switch (network) {
      case CNN3, CNN7 -> Preprocess.DIV255;
      case VGG16, RESNET50 -> Preprocess.CAFFE;
      case DENSENET121 -> Preprocess.TORCH;
    };
  }

  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw UserException.usage(Text.format("%s is %d; expected 1 or more", option, value));
    }
    return value;
  }

  /** A size that the network takes; refused before any image is read. */
  static int size(Network network, int pixels) {
    if (pixels < 1 || pixels > LARGEST) {
      throw UserException.usage(
          Text.format("--image-size is %d; expected 1 to %d pixels", pixels, LARGEST));
    }
    try {
      network.article(pixels, pixels, 2);
      return pixels;
    } catch (IllegalArgumentException e) {
      throw UserException.usage("--image-size: " + e.getMessage());
    }
  }

  private static double positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw UserException.usage(Text.format("%s is %s; expected a number above 0", option, value));
    }
    return value;
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
