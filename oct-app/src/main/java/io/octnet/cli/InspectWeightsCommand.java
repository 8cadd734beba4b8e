package io.octnet.cli;

import io.octnet.keras.InspectWeights;
import io.octnet.zoo.KnownNetworks;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a weight file is. */
@Command(
    name = "inspect-weights",
    description = "Shows what a weight file is: format, layers, shapes, networks that it fits.",
    footer = {"", "Example: octnet inspect-weights runs/train-cnn3-1/best.h5"})
final class InspectWeightsCommand extends OctCommand {
  @Parameters(paramLabel = "FILE", description = ".h5, .weights.h5 or .keras")
  Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    InspectWeights found = InspectWeights.inspect(file, KnownNetworks::candidates);
    print(json ? found.json() : found.text().stripTrailing());
    return DONE;
  }
}
