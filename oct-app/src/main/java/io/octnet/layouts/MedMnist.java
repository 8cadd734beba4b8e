package io.octnet.layouts;

import io.octnet.UserException;
import io.octnet.images.Npz;
import io.octnet.images.ScanFacts;
import io.octnet.images.UnreadableImageException;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MedMNIST's archive ({@code octmnist.npz}): pictures and labels of train, val and test, without
 * patients, so that any split of it may leak. OCTMNIST is the set of Kermany et al.
 */
final class MedMnist {
  private static final List<String> OCT = List.of("CNV", "DME", "DRUSEN", "NORMAL");
  private static final String LEAK =
      "MedMNIST does not say whose eye a scan is: one patient's may lie in several parts";

  private MedMnist() {}

  /** Lists its pictures. */
  static Listing list(Path file) {
    try (Npz archive = Npz.open(file)) {
      return list(file.toAbsolutePath().normalize(), archive);
    } catch (UnreadableImageException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }

  private static Listing list(Path file, Npz archive) throws UnreadableImageException {
    Map<String, int[]> labels = labels(archive);
    int[] known =
        labels.values().stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    List<String> classes = classes(file, known);
    List<Item> items = new ArrayList<>();
    List<String> sizes = new ArrayList<>();
    for (Map.Entry<String, int[]> part : labels.entrySet()) {
      for (int label : part.getValue()) {
        items.add(
            new Item(
                file.getFileName().toString(),
                items.size() + 1,
                Arrays.binarySearch(known, label),
                ScanFacts.NONE,
                Layouts.PARTS.get(part.getKey())));
      }
      sizes.add(Text.format("%s %d", part.getKey(), part.getValue().length));
    }
    items.sort(Comparator.comparingInt(Item::label).thenComparingInt(Item::frame));
    int[] dims = archive.dims(images(labels.keySet().iterator().next()));
    String layout =
        Text.format(
            "an archive of arrays, %s, %dx%d pixels", String.join(", ", sizes), dims[2], dims[1]);
    return new Listing(file.getParent(), layout, classes, items, List.of(), List.of(), LEAK);
  }

  private static String images(String part) {
    return part + "_images";
  }

  private static Map<String, int[]> labels(Npz archive) throws UnreadableImageException {
    Map<String, int[]> labels = new LinkedHashMap<>();
    for (String part : Npz.PARTS) {
      if (archive.names().contains(images(part))) {
        String name = part + "_labels";
        if (!archive.names().contains(name)) {
          throw new UnreadableImageException("no array " + name + " beside " + images(part));
        }
        labels.put(part, archive.labels(name));
        int count = archive.dims(images(part))[0];
        if (labels.get(part).length != count) {
          throw new UnreadableImageException(
              Text.format("%s has %d labels for %d images", name, labels.get(part).length, count));
        }
      }
    }
    return labels;
  }

  /** Of OCTMNIST by name, else numbers of three digits, so that their order is that of names. */
  private static List<String> classes(Path file, int[] labels) {
    boolean oct =
        file.getFileName().toString().startsWith("octmnist")
            && Arrays.equals(labels, new int[] {0, 1, 2, 3});
    return oct
        ? OCT
        : Arrays.stream(labels).mapToObj(label -> Text.format("class%03d", label)).toList();
  }
}
