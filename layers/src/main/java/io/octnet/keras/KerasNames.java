package io.octnet.keras;

import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Keras has given layers and weights over the years, translated to today's. */
final class KerasNames {
  /** Weights of Keras 1: the running "std" of a norm holds its variance. */
  private static final Map<String, String> OLD_WEIGHTS =
      Map.of(
          "W",
          "kernel",
          "b",
          "bias",
          "running_mean",
          "moving_mean",
          "running_std",
          "moving_variance");

  /** ResNet50 of 2016: {@code res2a_branch2b}, {@code bn2a_branch1}. */
  private static final Pattern OLD_RESNET =
      Pattern.compile("(res|bn)([2-5])([a-f])_branch(1|2[abc])");

  private static final Pattern NUMBERED = Pattern.compile("(.+?)(?:_(\\d+))?");

  private KerasNames() {}

  /**
   * What a layer of a file may be called in a model, best guess first: as it is, with the slashes
   * of DenseNet121's first layers as underscores, today's name for one of the old ResNet50, and
   * {@code predictions} for the top layers that the official files call otherwise.
   */
  static List<String> candidates(String stored) {
    List<String> names = new ArrayList<>();
    names.add(stored);
    if (stored.indexOf('/') >= 0) {
      names.add(unslashed(stored));
    }
    String modern = modernResNet(stored);
    if (modern != null) {
      names.add(modern);
    }
    if (stored.equals("fc1000") || stored.equals("probs")) {
      names.add("predictions");
    }
    return names;
  }

  /**
   * The layer of today's ResNet50 that one of the old one became, or null: {@code res<stage><block
   * letter>_branch<path>} is {@code conv<stage>_block<number>_<place>_conv}, where path 2a, 2b, 2c
   * is place 1, 2, 3, and the shortcut, path 1, is place 0. {@code bn} likewise.
   */
  static String modernResNet(String old) {
    if (old.equals("conv1")) {
      return "conv1_conv";
    }
    if (old.equals("bn_conv1")) {
      return "conv1_bn";
    }
    Matcher matcher = OLD_RESNET.matcher(old);
    if (!matcher.matches()) {
      return null;
    }
    int block = matcher.group(3).charAt(0) - 'a' + 1;
    String branch = matcher.group(4);
    int place = branch.equals("1") ? 0 : branch.charAt(1) - 'a' + 1;
    String kind = matcher.group(1).equals("res") ? "conv" : "bn";
    return Text.format("conv%s_block%d_%d_%s", matcher.group(2), block, place, kind);
  }

  /** Whether two names are the same layer's: DenseNet121's first are conv1/conv or conv1_conv. */
  static boolean same(String name, String other) {
    return unslashed(name).equals(unslashed(other));
  }

  static String unslashed(String name) {
    return name.replace('/', '_');
  }

  /**
   * A weight's name as Keras 3 has it: {@code conv2d/kernel:0}, {@code block1_conv1_W_1:0} and
   * {@code sequential/conv2d/kernel} are all {@code kernel}.
   *
   * @param layers what the weight's layer may be called; old names repeat it
   */
  static String weight(String stored, List<String> layers) {
    String name = stored.substring(stored.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    if (colon >= 0) {
      name = name.substring(0, colon);
    }
    for (String layer : layers) {
      if (name.startsWith(layer + "_")) {
        name = name.substring(layer.length() + 1);
        break;
      }
    }
    name = stem(name);
    return OLD_WEIGHTS.getOrDefault(name, name);
  }

  /** A class's name as Keras writes it in paths: {@code Conv2D} is {@code conv2d}. */
  static String snakeCase(String kind) {
    return kind.replaceAll("\\W", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** A name without the number that Keras added to make it unique: {@code conv2d_12} is conv2d. */
  static String stem(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  /** The number that Keras added; 0 where there is none. */
  static long number(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    if (!matcher.matches() || matcher.group(2) == null || matcher.group(2).length() > 9) {
      return 0;
    }
    return Long.parseLong(matcher.group(2));
  }
}
