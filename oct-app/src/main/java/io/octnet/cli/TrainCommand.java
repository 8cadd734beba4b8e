package io.octnet.cli;

import io.octnet.compute.Compute;
import io.octnet.runs.Machine;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.training.Training;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model. */
@Command(
    name = "train",
    description = {
      "Trains a model, writes a run folder, and prints its path, the metrics and how to go on.",
      "Each option may also stand in the file of --config, or in the environment, as"
          + " OCTNET_BATCH_SIZE for --batch-size.",
    },
    footer = {"", "Example: octnet train --data scans --model cnn3 --image-size 96 --epochs 15"})
final class TrainCommand extends OctCommand {
  @Mixin TrainOptions options;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options by name in YAML, or properties; config.yaml of a run repeats it.")
  Path config;

  @Override
  public Integer call() throws Exception {
    RunConfig resolved = options.resolve();
    try (Compute compute = options.backend.use()) {
      Machine machine = Machine.here(Version.text(), compute.description(), resolved.threads());
      Training training =
          new Training(
              resolved, machine, network -> Pretrained.find(network, console()), console());
      Training.Result result = Interrupts.during(training::requestStop, training::run);
      return result.interrupted() ? interrupted(result) : done(result, resolved);
    }
  }

  private int interrupted(Training.Result result) {
    console().line("interrupted; the state is saved in " + result.run().file(RunFolder.LAST));
    return Interrupts.EXIT_CODE;
  }

  private int done(Training.Result result, RunConfig resolved) {
    print("run: " + result.run());
    String run = Invocation.quoted(result.run().toString());
    console()
        .line("to predict scans:      %s predict %s FILE...".formatted(Invocation.text(), run));
    if (resolved.data() == null) {
      console()
          .line("These were drawn phantoms; they say nothing about eyes. To train on your own");
      console().line("scans, a folder of images for each class:");
      console().line("                       %s train --data DIR".formatted(Invocation.text()));
    }
    return DONE;
  }
}
