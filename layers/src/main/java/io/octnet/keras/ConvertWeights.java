package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Converts a weight file of any format that is read into one that is written. A file of a known
 * network gets that network's names and order, so that Keras of today loads it; another keeps its
 * own.
 */
public final class ConvertWeights {
  private ConvertWeights() {}

  /**
   * What was converted.
   *
   * @param from the format found
   * @param to the format written
   * @param network the known network that the file is for, if there is one
   * @param layers how many layers with weights
   * @param values how many numbers
   * @param optimizer whether the optimizer's state was converted, too
   */
  public record Conversion(
      WeightFormat from,
      WeightFormat to,
      Optional<String> network,
      int layers,
      long values,
      boolean optimizer) {
    /** One line for people. */
    @Override
    public String toString() {
      return Text.format(
          "%s to %s: %d layers, %,d values%s%s",
          from,
          to,
          layers,
          values,
          network.map(name -> ", for " + name).orElse(""),
          optimizer ? ", with the state of Adam" : "");
    }
  }

  /**
   * Converts a file.
   *
   * @param candidates the known networks for so many classes
   * @throws WeightFormatException if it cannot be read, or not be written in the wanted format; the
   *     message is one line, and nothing was written
   */
  public static Conversion convert(
      Path from, Path to, IntFunction<List<NetworkCandidate>> candidates) throws IOException {
    WeightFormat format = KerasWeights.formatFor(to);
    WeightFormat found;
    Optional<NetworkCandidate> network;
    List<LayerWeights> layers;
    Optional<AdamState> adam = Optional.empty();
    try (WeightArchive archive = WeightArchive.open(from)) {
      found = archive.format();
      network = NetworkCandidate.fitting(archive, candidates).stream().findFirst();
      if (network.isEmpty() && found == WeightFormat.VARIABLES && format != found) {
        throw new WeightFormatException(
            from.toString(),
            "",
            "is for no network known here and does not say in which order its layers are, which"
                + " an .h5 file must; convert the .keras file of the model instead");
      }
      ExpectedWeights expected =
          network.isPresent() ? network.get().weights() : LayerKinds.of(archive);
      layers = new WeightLoader(archive, expected).load();
      if (format == WeightFormat.LEGACY_WEIGHTS) {
        adam = new AdamReader(archive, expected).read();
      }
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
    KerasWeights.save(to, layers, adam, Map.of());
    long values =
        layers.stream().flatMap(l -> l.weights().stream()).mapToLong(ConvertWeights::size).sum();
    return new Conversion(
        found,
        format,
        network.map(NetworkCandidate::name),
        layers.size(),
        values,
        adam.isPresent());
  }

  private static long size(NamedArray weight) {
    return weight.data().length;
  }
}
