package io.octnet.benchmarks;

import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Training steps and predictions of the five networks, each in a JVM of its own. */
final class JobBenchmark implements Benchmark {
  private static final int IMAGE = 224;
  private static final int STEPS = 5;

  @Override
  public String summary() {
    return "training steps (batch 16) and predictions (batch 1 and 8) of the five networks, 224 px";
  }

  @Override
  public void run(String[] options) throws Exception {
    if (options.length > 0 && options[0].equals("--one")) {
      one(options);
      return;
    }
    System.out.println(MachineName.line());
    System.out.printf("%-34s %10s %10s %8s %10s%n", "job", "ms", "images/s", "spread", "peak MiB");
    for (List<String> job : jobs()) {
      List<String> arguments = new ArrayList<>(List.of("jobs", "--one"));
      arguments.addAll(job);
      Fork.lines(List.of(), arguments).forEach(System.out::println);
    }
  }

  private static List<List<String>> jobs() {
    List<List<String>> jobs = new ArrayList<>();
    jobs.add(List.of("train", "cnn3", "all", "16"));
    jobs.add(List.of("train", "cnn7", "all", "16"));
    jobs.add(List.of("train", "vgg16", "frozen", "16"));
    jobs.add(List.of("train", "resnet50", "last3", "16"));
    jobs.add(List.of("train", "resnet50", "all-but-first3", "16"));
    jobs.add(List.of("train", "densenet121", "last3", "16"));
    jobs.add(List.of("train", "densenet121", "all-but-first3", "16"));
    for (Network network : Network.values()) {
      jobs.add(List.of("predict", network.id(), "", "1"));
      jobs.add(List.of("predict", network.id(), "", "8"));
    }
    return jobs;
  }

  private static void one(String[] options) {
    boolean train = options[1].equals("train");
    Network network = Network.of(options[2]);
    int batch = Integer.parseInt(options[4]);
    Timing timing =
        train
            ? Timing.of(Jobs.trainingSteps(network, FineTune.of(options[3]), batch, IMAGE, STEPS))
            : Jobs.inference(network, batch, IMAGE);
    System.out.printf(
        Locale.ROOT,
        "%-34s %10.1f %10.2f %7.0f%% %10d%n",
        "%s %s %s, batch %d"
            .formatted(options[1], network.id(), options[3], batch)
            .replace(" ,", ","),
        timing.median() * 1e3,
        batch / timing.median(),
        100 * timing.spread(),
        MachineName.peakResidentMiB());
  }
}
