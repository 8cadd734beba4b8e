package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.models.Model;
import io.octnet.models.Summary;
import io.octnet.text.Text;
import io.octnet.training.Memory;
import io.octnet.training.Rehearsal;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network is made of, and what training it takes. */
@Command(
    name = "summary",
    description = "Shows a network: layers, shapes, parameters, and what training takes here.",
    footer = {"", "Example: octnet summary --model resnet50 --fine-tune last3"})
final class SummaryCommand extends OctCommand {
  private static final int REHEARSED_BATCH = 2;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "cnn3, cnn7, vgg16, resnet50 or densenet121")
  Network network;

  @Option(
      names = "--image-size",
      paramLabel = "PX",
      defaultValue = "224",
      description = "Height and width of the images. Default: ${DEFAULT-VALUE}.")
  int imageSize;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  int classes;

  @Option(
      names = "--fine-tune",
      paramLabel = "MODE",
      description =
          "frozen, last3, all-but-first3 or all. Default: frozen for pretrained networks.")
  FineTune fineTune;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images a training step. Default: ${DEFAULT-VALUE}.")
  int batchSize;

  @Option(names = "--no-time", description = "Do not measure how fast training is here.")
  boolean noTime;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions backend;

  private record LayerRow(
      String name,
      String layer,
      List<Integer> shape,
      long parameters,
      boolean trainable,
      long multiplyAdds,
      List<String> inputs) {}

  private record Result(
      String model,
      List<LayerRow> layers,
      long parameters,
      long trainableParameters,
      long multiplyAdds,
      int batchSize,
      long trainingBytes,
      long tensorBytes,
      Double imagesPerSecond) {}

  @Override
  public Integer call() {
    Model model = model();
    Summary summary = model.summary();
    Double speed = noTime ? null : speed(model);
    if (json) {
      printJson(result(summary, model, speed));
      return DONE;
    }
    print(summary.text().stripTrailing());
    print(
        Text.format(
            "Training:      %s of memory with batches of %d, %s of it tensors",
            Memory.mib(Memory.ofProcess(model, batchSize)),
            batchSize,
            Memory.mib(Memory.ofTensors(model, batchSize))));
    if (speed != null) {
      print(
          Text.format(
              "               %.1f images/s on %s; an epoch of 1,000 images takes %s",
              speed, backend.name(), Durations.text(1000 / speed)));
    }
    return DONE;
  }

  private Model model() {
    TrainOptions.size(network, imageSize);
    TrainOptions.atLeastOne("--classes", classes);
    TrainOptions.atLeastOne("--batch-size", batchSize);
    if (fineTune != null && !network.isBackbone()) {
      throw UserException.usage(
          Text.format(
              "--fine-tune %s: %s has no pretrained layers; leave the option out",
              fineTune.id(), network.id()));
    }
    Model model = network.article(imageSize, imageSize, classes);
    if (network.isBackbone()) {
      (fineTune == null ? FineTune.FROZEN : fineTune).apply(network, model);
    }
    return model;
  }

  private double speed(Model model) {
    console().running("measuring");
    try (BackendOptions.InUse used = backend.use()) {
      return Rehearsal.imagesPerSecond(model, Math.min(REHEARSED_BATCH, batchSize));
    } finally {
      console().erase();
    }
  }

  private Result result(Summary summary, Model model, Double speed) {
    return new Result(
        summary.model(),
        summary.rows().stream()
            .map(
                row ->
                    new LayerRow(
                        row.name(),
                        row.className(),
                        IntStream.of(row.shape().toArray()).boxed().toList(),
                        row.parameters(),
                        row.trainable(),
                        row.multiplyAdds(),
                        row.inputs()))
            .toList(),
        summary.parameters(),
        summary.trainableParameters(),
        summary.multiplyAdds(),
        batchSize,
        Memory.ofProcess(model, batchSize),
        Memory.ofTensors(model, batchSize),
        speed);
  }
}
