package io.octnet.cli;

import io.octnet.keras.ConvertWeights;
import io.octnet.text.Text;
import io.octnet.zoo.KnownNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From one format of Keras's weights to another. */
@Command(
    name = "convert",
    description = "Converts weights between Keras's formats; the format follows OUT's name.",
    footer = {"", "Example: octnet convert model.keras model.h5"})
final class ConvertCommand extends OctCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = ".h5, .weights.h5 or .keras")
  Path from;

  @Parameters(index = "1", paramLabel = "OUT", description = ".h5 or .weights.h5")
  Path to;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    String written = ConvertWeights.convert(from, to, KnownNetworks::candidates).toString();
    if (json) {
      printJson(Map.of("written", written));
    } else {
      print(Text.visible(written));
    }
    return DONE;
  }
}
