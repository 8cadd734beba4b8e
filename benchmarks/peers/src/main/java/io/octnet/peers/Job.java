package io.octnet.peers;

import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared: {@code train cnn3 16}, {@code predict vgg16 8}, {@code epoch vgg16 16}, {@code
 * sgemm square 1024}.
 *
 * @param kind train: a step with Adam. predict: a call. epoch: two batches through a frozen VGG16.
 *     octnet reads features that it keeps from the first epoch, and trains the head, in epochs of
 *     eight batches of which two are counted; the peers compute the features alone, which is nearly
 *     all of their work. sgemm: a product
 * @param what the network, and which of its layers are trained: {@code resnet50-last3}
 * @param size images of a batch, or the side of a matrix
 */
record Job(String kind, String what, int size) {
  static final int EPOCH_BATCHES = 2;

  static Job parse(String text) {
    String[] words = text.split(" ");
    return new Job(words[0], words[1], Integer.parseInt(words[2]));
  }

  /** All. */
  static List<Job> all() {
    List<Job> jobs = new ArrayList<>();
    jobs.add(parse("train cnn3 16"));
    jobs.add(parse("train cnn7 16"));
    jobs.add(parse("train vgg16-frozen 16"));
    for (String network : List.of("resnet50", "densenet121")) {
      jobs.add(new Job("train", network + "-last3", 16));
      jobs.add(new Job("train", network + "-all-but-first3", 16));
    }
    for (String network : List.of("vgg16", "resnet50", "densenet121", "cnn3", "cnn7")) {
      jobs.add(new Job("predict", network, 8));
      jobs.add(new Job("predict", network, 1));
    }
    jobs.add(parse("epoch vgg16 16"));
    for (int n : new int[] {256, 512, 1024, 2048}) {
      jobs.add(new Job("sgemm", "square", n));
    }
    return jobs;
  }

  Network network() {
    return Network.of(what.split("-", 2)[0]);
  }

  FineTune mode() {
    return what.contains("-") ? FineTune.of(what.split("-", 2)[1]) : FineTune.ALL;
  }

  /**
   * The names of those that can do it.
   *
   * @param isLong also those that take minutes: torch.compile of deep networks compiles for that
   *     long, DL4J computes for that long
   */
  List<String> peers(boolean isLong) {
    return switch (kind) {
      case "train" -> isLong ? trainers() : trainers().subList(0, shortTrainers());
      case "predict" -> List.of("onnxruntime");
      case "epoch" -> List.of("pytorch", "onnxruntime");
      default -> List.of("openblas");
    };
  }

  private List<String> trainers() {
    return mode() == FineTune.ALL
        ? List.of(
            "torch-compile", "pytorch", "torch-compile-nchw", "torch-eager", "tensorflow", "dl4j")
        : List.of("torch-eager", "torch-compile");
  }

  private int shortTrainers() {
    return switch (network()) {
      case CNN3 -> 5;
      case CNN7 -> 3;
      default -> 1;
    };
  }

  /** How much one turn computes. */
  double units() {
    return switch (kind) {
      case "sgemm" -> 2.0 * size * size * size / 1e9;
      case "epoch" -> EPOCH_BATCHES * size;
      default -> size;
    };
  }

  String unit() {
    return kind.equals("sgemm") ? "GFLOP" : "images";
  }

  @Override
  public String toString() {
    return kind + " " + what + " " + size;
  }
}
