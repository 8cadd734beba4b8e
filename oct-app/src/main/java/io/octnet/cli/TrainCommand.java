package io.octnet.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.UserException;
import io.octnet.evaluation.MetricsTable;
import io.octnet.runs.Machine;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import io.octnet.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with a run, bit for bit; --epochs may grow, all else stays.")
  Path resume;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "What you call it, and other runs like it; the command runs sorts by it.")
  String tag;

  @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the run.")
  String note;

  @Option(names = "--dry-run", description = "Only say what it would take: data, memory, time.")
  boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object: the run, and its metrics.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (resume != null && (config != null || dryRun)) {
      throw UserException.usage(
          "--resume takes its configuration from the run; leave --config and --dry-run out");
    }
    if (resume == null) {
      return train(null);
    }
    try (RunFolder run = RunFolder.openLocked(resume)) {
      return train(run);
    }
  }

  /** Trains, or goes on with a run. */
  private int train(RunFolder run) throws Exception {
    RunConfig resolved = options.resolve();
    if (run != null) {
      refuseConflicts(run, resolved);
    }
    try (BackendOptions.InUse used = options.backend.use()) {
      Machine machine =
          Machine.here(Version.text(), used.compute().description(), resolved.threads());
      Training training =
          new Training(resolved, machine, network -> Pretrained.find(network, console()), console())
              .described(words(), tag, note);
      if (dryRun) {
        training.plan();
        return DONE;
      }
      Training.Result result =
          Interrupts.during(
              training::requestStop, () -> run == null ? training.run() : training.resume(run));
      return result.interrupted() ? interrupted(result) : done(result, resolved);
    }
  }

  private List<String> words() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  private static void refuseConflicts(RunFolder run, RunConfig now) {
    RunConfig before = stored(run);
    List<String> conflicts = before.conflicts(now);
    if (!conflicts.isEmpty()) {
      throw UserException.usage(
          Text.format(
              "%s cannot be resumed with another configuration: %s; leave these options out, or start a new run",
              run, String.join("; ", conflicts)));
    }
  }

  /** The run's own configuration, without the command line and the environment. */
  private static RunConfig stored(RunFolder run) {
    CommandLine parser = new Octnet(null, Map.of()).parser(run.file(RunFolder.CONFIG));
    CommandSpec train = parser.parseArgs("train").subcommand().commandSpec();
    return ((TrainCommand) train.userObject()).options.resolve();
  }

  private int interrupted(Training.Result result) {
    if (result.run() == null) {
      console().line("interrupted before training began; nothing was written");
      return Interrupts.EXIT_CODE;
    }
    console().line("interrupted; the state is saved. To go on:");
    console()
        .line(
            Text.format(
                "  %s train --resume %s",
                Invocation.text(), Invocation.quoted(result.run().toString())));
    return Interrupts.EXIT_CODE;
  }

  private int done(Training.Result result, RunConfig resolved) throws IOException {
    if (json) {
      printJson(object(result));
      return DONE;
    }
    if (result.leaky()) {
      print("LEAKY: patients or pictures lie on both sides of the split; the scores flatter");
    }
    print(MetricsTable.text(result.evaluation(), result.leaky()));
    print(Text.visible("run: " + result.run()));
    String run = Invocation.quoted(result.run().toString());
    console()
        .line(Text.format("to predict scans:      %s predict %s FILE...", Invocation.text(), run));
    if (resolved.data() == null) {
      console()
          .line("These were drawn phantoms; they say nothing about eyes. To train on your own");
      console().line("scans, a folder of images for each class:");
      console().line(Text.format("                       %s train --data DIR", Invocation.text()));
    }
    return DONE;
  }

  private static JsonObject object(Training.Result result) throws IOException {
    JsonObject object = new JsonObject();
    object.addProperty("run", result.run().toString());
    object.addProperty("leaky", result.leaky());
    String metrics = Files.readString(result.run().resolve(RunFolder.METRICS));
    object.add("metrics", JsonParser.parseString(metrics));
    return object;
  }
}
