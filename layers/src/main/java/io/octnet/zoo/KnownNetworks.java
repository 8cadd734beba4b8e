package io.octnet.zoo;

import io.octnet.keras.NetworkCandidate;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks that a weight file is tried against when nothing else says what it is for:
 * backbones, keras.applications' models with their tops, and the article's models.
 */
public final class KnownNetworks {
  private static final int PIXELS = 224;

  /** Where VGG16's features go flat into its head, the image's size shows in the weights. */
  private static final int LARGEST_GRID = 16;

  private KnownNetworks() {}

  /** All of them, for so many classes. */
  public static List<NetworkCandidate> candidates(int classes) {
    List<NetworkCandidate> candidates = new ArrayList<>();
    for (Network network : Network.values()) {
      String id = network.id();
      String article = Text.format("the article's %s for %d classes", id, classes);
      if (network == Network.VGG16) {
        for (int grid = 1; grid <= LARGEST_GRID; grid++) {
          int pixels = 32 * grid;
          String name = Text.format("%s and images of %d x %d", article, pixels, pixels);
          add(candidates, name, network.article(pixels, pixels, classes));
        }
      } else {
        add(candidates, article, network.article(PIXELS, PIXELS, classes));
      }
      if (network.isBackbone()) {
        add(candidates, id + " without top", network.backbone(PIXELS, PIXELS));
        add(
            candidates,
            Text.format("%s with its top for %d classes", id, classes),
            network.withTop(PIXELS, PIXELS, classes));
      }
    }
    return candidates;
  }

  private static void add(List<NetworkCandidate> candidates, String name, Model model) {
    candidates.add(new NetworkCandidate(name, WeightFiles.expected(model)));
  }
}
