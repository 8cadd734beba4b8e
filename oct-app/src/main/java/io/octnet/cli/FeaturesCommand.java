package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.images.Preprocess;
import io.octnet.images.ScanRef;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.prediction.FeatureMaps;
import io.octnet.prediction.FoundScans;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import io.octnet.training.Stage;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The final feature map of a backbone. */
@Command(
    name = "features",
    description = {
      "Writes the backbone's final feature map of each image: float32, (N, h, w, C).",
      "The rows of a folder are its image files in the order of their names, which are printed.",
    },
    footer = {"", "Example: octnet features --model vgg16 --input scans/CNV --out cnv.npy"})
final class FeaturesCommand extends OctCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "vgg16, resnet50 or densenet121")
  Network network;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A weight file without top. Default: those of ImageNet.")
  Path weights;

  @Option(
      names = "--preprocess",
      paramLabel = "div255|caffe|torch",
      description = "What is done to pixels. Default: the network's own.")
  Preprocess preprocess;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "DIR|X.npy",
      description =
          "A folder of images, or an array (N, H, W, 3) of uint8, or of float32 values"
              + " that are taken as they are.")
  Path input;

  @Option(
      names = "--image-size",
      paramLabel = "PX",
      defaultValue = "224",
      description = "Height and width that images are resized to. Default: ${DEFAULT-VALUE}.")
  int imageSize;

  @Option(names = "--out", required = true, paramLabel = "Y.npy", description = "What to write.")
  Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin BackendOptions backend;

  private record Written(String out, int[] shape, List<String> files) {}

  @Override
  public Integer call() {
    if (!network.isBackbone()) {
      throw UserException.usage(
          Text.format("%s has no backbone; expected vgg16, resnet50 or densenet121", network.id()));
    }
    TrainOptions.size(network, imageSize);
    Preprocess pixels = preprocess == null ? TrainOptions.ownPreprocess(network) : preprocess;
    try (BackendOptions.InUse used = backend.use()) {
      boolean array = input.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
      List<ScanRef> files = array ? List.of() : found();
      FeatureMaps.Input images =
          array
              ? FeatureMaps.array(input, pixels)
              : FeatureMaps.files(files, imageSize, pixels, backend.threads());
      Stage stage = console().stage("computing features");
      Shape shape =
          FeatureMaps.write(
              images, this::backbone, out, done -> stage.update(done, images.images()));
      console().erase();
      if (json) {
        List<String> names = files.stream().map(ScanRef::toString).toList();
        printJson(new Written(out.toString(), shape.toArray(), names));
      } else {
        files.forEach(file -> print(Text.visible(file.toString())));
      }
      console().line(Text.format("wrote %s: float32 %s", out, shape));
      return DONE;
    }
  }

  private List<ScanRef> found() {
    FoundScans found = FoundScans.of(List.of(input));
    found.notes().forEach(console()::line);
    return found.scans();
  }

  private Model backbone(int height, int width) {
    try {
      Model model = network.backbone(height, width);
      WeightFiles.load(model, weights == null ? Pretrained.find(network.id(), console()) : weights);
      return model;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
