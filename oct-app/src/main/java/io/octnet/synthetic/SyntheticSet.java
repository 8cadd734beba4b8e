package io.octnet.synthetic;

import io.octnet.UserException;
import io.octnet.images.Png;
import io.octnet.images.Raster8;
import io.octnet.images.Workers;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of phantoms, laid out like the public data set: {@code CLASS/CLASS-<patient>-<n>.png}.
 *
 * @param imagesPerClass how many scans each finding gets
 * @param height of the scans in pixels
 * @param seed decides everything
 */
public record SyntheticSet(int imagesPerClass, int height, long seed) {
  private static final int SCANS_OF_A_PATIENT = 3;

  /** What {@code train} without data learns from: 4 classes of 150 scans, 128 pixels high. */
  public static final SyntheticSet DEFAULT = new SyntheticSet(150, 128, 42);

  public SyntheticSet {
    if (imagesPerClass < 1 || height < 16) {
      throw new IllegalArgumentException(
          Text.format(
              "expected at least 1 image a class and a height of 16, received %d and %d",
              imagesPerClass, height));
    }
  }

  /** One scan to be drawn. */
  private record Item(Phantom phantom, int number) {
    String file() {
      return Text.format(
          "%s/%s-%d-%d.png", phantom.finding(), phantom.finding(), phantom.patient(), number);
    }
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      for (int i = 0; i < imagesPerClass; i++) {
        int patient = 1000 * (finding.ordinal() + 1) + i / SCANS_OF_A_PATIENT;
        items.add(new Item(Phantom.of(finding, patient, seed), 1 + i % SCANS_OF_A_PATIENT));
      }
    }
    return items;
  }

  /**
   * Draws all scans into a folder; files of the same names are replaced. The pixels are the same
   * for any number of threads and on any machine.
   *
   * @throws UserException when the folder cannot be written
   */
  public void write(Path folder, int threads) {
    List<Item> items = items();
    try {
      for (Finding finding : Finding.values()) {
        Files.createDirectories(folder.resolve(finding.name()));
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    Workers.forEach(
        items.size(),
        threads,
        i -> {
          Item item = items.get(i);
          try {
            Raster8 scan = item.phantom.scan(item.number, height);
            Files.write(folder.resolve(item.file()), Png.encode(scan));
          } catch (IOException e) {
            throw unwritable(folder, e);
          }
        });
  }

  private static UserException unwritable(Path folder, IOException e) {
    return new UserException(
        Text.format(
            "cannot write synthetic scans into %s (%s); choose a folder that can be written with --out",
            folder, e.getClass().getSimpleName()),
        e);
  }
}
