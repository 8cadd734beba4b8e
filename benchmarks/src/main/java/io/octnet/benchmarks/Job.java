package io.octnet.benchmarks;

import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Something whole that is timed.
 *
 * @param name as tables call it
 * @param unit what one repetition does {@code units} of
 * @param against the job that its pace is compared with; null for none
 */
record Job(String name, String unit, Measurement measurement, String against) {
  /** How large: small in tests. */
  record Size(int batch, int image, int repetitions) {}

  /** Seconds of each repetition, and how many units one is. */
  record Result(double[] seconds, double units) {}

  /** Does it. */
  interface Measurement {
    Result measure(Size size) throws Exception;
  }

  /** All of them, as the article trains its five networks, and what stands around a training. */
  static List<Job> all() {
    List<Job> jobs = new ArrayList<>();
    jobs.add(train(Network.CNN3, FineTune.ALL));
    jobs.add(train(Network.CNN7, FineTune.ALL));
    jobs.add(train(Network.VGG16, FineTune.FROZEN));
    for (Network network : List.of(Network.RESNET50, Network.DENSENET121)) {
      jobs.add(train(network, FineTune.LAST3));
      jobs.add(train(network, FineTune.ALL_BUT_FIRST3));
    }
    for (Network network : Network.values()) {
      for (int batch : new int[] {1, 8}) {
        jobs.add(predict(network, batch));
      }
    }
    jobs.add(job("epoch vgg16 frozen", "images", size -> FrozenEpoch.measure(size, false)));
    jobs.add(
        new Job(
            "epoch vgg16 frozen, cached",
            "images",
            size -> FrozenEpoch.measure(size, true),
            "epoch vgg16 frozen"));
    jobs.add(job("decode JPEG 512x496", "images", DataJobs::decode));
    jobs.add(job("resize 512x496", "images", DataJobs::resize));
    jobs.add(job("batches from the pixel cache", "images", DataJobs::batches));
    jobs.add(job("import vgg16.h5", "MB", DataJobs::importWeights));
    jobs.add(job("write a checkpoint of cnn7", "MB", DataJobs::checkpoint));
    jobs.add(job("java -jar to the first step", "starts", StartJob::measure));
    return jobs;
  }

  private static Job job(String name, String unit, Measurement measurement) {
    return new Job(name, unit, measurement, null);
  }

  private static Job train(Network network, FineTune mode) {
    return job(
        Text.format("train %s %s", network.id(), mode.id()),
        "images",
        size ->
            new Result(
                Jobs.trainingSteps(network, mode, size.batch, size.image, size.repetitions),
                size.batch));
  }

  private static Job predict(Network network, int batch) {
    return job(
        Text.format("predict %s batch %d", network.id(), batch),
        "images",
        size -> new Result(Jobs.predictions(network, batch, size.image, size.repetitions), batch));
  }
}
