package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.text.Text;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads pretrained weights. */
@Command(
    name = "fetch-weights",
    description = {
      "Downloads the ImageNet weights of a network into Keras's cache, ~/.keras/models, and prints"
          + " the file.",
      "Goes on where an earlier attempt stopped; a file with another checksum is never used.",
    },
    footer = {"", "Example: octnet fetch-weights vgg16"})
final class FetchWeightsCommand extends OctCommand {
  @Parameters(paramLabel = "M", description = "vgg16, resnet50 or densenet121")
  Network network;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (!network.isBackbone()) {
      throw UserException.usage(
          Text.format(
              "there are no pretrained weights of %s; expected vgg16, resnet50 or densenet121",
              network.id()));
    }
    String file = Pretrained.find(network.id(), console()).toString();
    if (json) {
      printJson(Map.of("file", file));
    } else {
      print(Text.visible(file));
    }
    return DONE;
  }
}
