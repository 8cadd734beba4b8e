package io.octnet.keras;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.octnet.hdf5.Hdf5Dataset;
import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5Group;
import io.octnet.keras.KnownFiles.KnownFile;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a weight file is, without loading it.
 *
 * @param file its path
 * @param bytes its length
 * @param md5 its checksum
 * @param official the official file that it is, by its checksum
 * @param format the format found
 * @param kerasVersion the version of Keras that wrote it, where it says so
 * @param optimizer whether it holds the state of an optimizer
 * @param fits the known networks that it fits
 * @param weights its weights, layer by layer
 */
public record InspectWeights(
    String file,
    long bytes,
    String md5,
    Optional<KnownFile> official,
    WeightFormat format,
    Optional<String> kerasVersion,
    boolean optimizer,
    List<String> fits,
    List<Weight> weights) {

  /**
   * One weight of the file.
   *
   * @param layer the layer's name, as far as the file tells it
   * @param name the weight's name, or its number in the layer
   * @param path where it is in the file
   * @param shape its shape
   * @param type its type, e.g. {@code float32}
   */
  public record Weight(String layer, String name, String path, long[] shape, String type) {
    /** The numbers that it holds, as its shape claims. */
    public long size() {
      long size = 1;
      for (long dim : shape) {
        size *= dim;
      }
      return size;
    }
  }

  /**
   * Looks at a file.
   *
   * @param candidates the known networks for so many classes
   * @throws WeightFormatException if it is damaged or no weight file of Keras
   */
  public static InspectWeights inspect(Path path, IntFunction<List<NetworkCandidate>> candidates)
      throws IOException {
    try (WeightArchive archive = WeightArchive.open(path)) {
      String md5 = KnownFiles.md5(path);
      List<Weight> weights = new ArrayList<>();
      for (StoredLayer layer : archive.layers()) {
        for (StoredLayer.StoredWeight weight : layer.weights()) {
          Hdf5Dataset dataset = weight.dataset();
          weights.add(
              new Weight(
                  Hdf5Exception.oneLine(layer.name()),
                  Hdf5Exception.oneLine(weight.name()),
                  Hdf5Exception.oneLine(dataset.path()),
                  dataset.shape(),
                  dataset.typeName()));
        }
      }
      Hdf5Group root = archive.root();
      return new InspectWeights(
          path.toString(),
          Files.size(path),
          md5,
          KnownFiles.withMd5(md5),
          archive.format(),
          archive.kerasVersion().map(Hdf5Exception::oneLine),
          root.has("optimizer_weights") || root.has("optimizer"),
          NetworkCandidate.fitting(archive, candidates).stream()
              .map(NetworkCandidate::name)
              .toList(),
          weights);
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  /** The numbers that all weights hold. */
  public long values() {
    return weights.stream().mapToLong(Weight::size).sum();
  }

  /** The layers that have weights. */
  public long layers() {
    return weights.stream().map(Weight::layer).distinct().count();
  }

  /** For people: what the file is, then a line a weight. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "file", file);
    line(text, "bytes", Text.format("%,d", bytes));
    line(
        text,
        "MD5",
        md5 + official.map(f -> ", official: " + f.description()).orElse(", not an official file"));
    line(text, "format", format + kerasVersion.map(v -> ", written by Keras " + v).orElse(""));
    line(text, "fits", fits.isEmpty() ? "no network known here" : String.join(", ", fits));
    line(text, "optimizer", optimizer ? "its state is in the file" : "no state in the file");
    line(text, "weights", Text.format("%d layers, %,d values", layers(), values()));
    text.append('\n');
    int nameWidth = width("layer", weights.stream().map(Weight::layer).toList());
    int weightWidth = width("weight", weights.stream().map(Weight::name).toList());
    int shapeWidth = width("shape", weights.stream().map(w -> Shapes.text(w.shape())).toList());
    String row = "%-" + nameWidth + "s  %-" + weightWidth + "s  %-" + shapeWidth + "s  %-7s  %s%n";
    text.append(String.format(Locale.ROOT, row, "layer", "weight", "shape", "type", "path"));
    for (Weight weight : weights) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              weight.layer(),
              weight.name(),
              Shapes.text(weight.shape()),
              weight.type(),
              weight.path()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(Text.format("%-10s %s%n", key, value));
  }

  private static int width(String heading, List<String> cells) {
    return Math.min(
        40, cells.stream().mapToInt(String::length).reduce(heading.length(), Math::max));
  }

  /** For machines: one JSON object. */
  public String json() {
    JsonObject object = new JsonObject();
    object.addProperty("file", file);
    object.addProperty("bytes", bytes);
    object.addProperty("md5", md5);
    object.addProperty("official", official.map(KnownFile::description).orElse(null));
    object.addProperty("format", format.toString());
    object.addProperty("keras_version", kerasVersion.orElse(null));
    object.addProperty("optimizer", optimizer);
    JsonArray networks = new JsonArray();
    fits.forEach(networks::add);
    object.add("fits", networks);
    object.addProperty("layers", layers());
    object.addProperty("values", values());
    JsonArray rows = new JsonArray();
    for (Weight weight : weights) {
      JsonObject row = new JsonObject();
      row.addProperty("layer", weight.layer());
      row.addProperty("weight", weight.name());
      JsonArray shape = new JsonArray();
      for (long dim : weight.shape()) {
        shape.add(dim);
      }
      row.add("shape", shape);
      row.addProperty("type", weight.type());
      row.addProperty("path", weight.path());
      rows.add(row);
    }
    object.add("weights", rows);
    return new GsonBuilder().serializeNulls().create().toJson(object);
  }
}
