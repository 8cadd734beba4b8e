package io.octnet.cli;

import io.octnet.keras.Downloader;
import io.octnet.keras.KnownFiles;
import io.octnet.keras.WeightFinder;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;

/** Finds the official weights of a network, with a line of progress while they come. */
final class Pretrained {
  private Pretrained() {}

  /**
   * The file without the classifier on top.
   *
   * @param network one that has pretrained weights
   */
  static Path find(String network, Console console) throws IOException {
    WeightFinder finder = new WeightFinder(WeightFinder.defaultCache(), new Downloader());
    Path file =
        finder.find(
            KnownFiles.of(network, false).orElseThrow(),
            (bytes, total) ->
                console.running(
                    Text.format(
                        "downloading the weights of %s: %d of %d MiB",
                        network, bytes >> 20, total >> 20)));
    console.erase();
    return file;
  }
}
