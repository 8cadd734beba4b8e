package io.octnet.audit;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.images.PixelCache;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Looks for images that are blank, stretched, or in colour among gray ones and vice versa. */
final class OddImages {
  /** A picture whose grays all lie within this range shows nothing. */
  private static final int BLANK = 8;

  private static final double LONGEST = 4;

  /** What fewer than this share of the images are is odd. */
  private static final double RARE = 0.1;

  private OddImages() {}

  static List<OddImage> find(Catalogue catalogue, PixelCache thumbnails) {
    long colored =
        IntStream.range(0, catalogue.size()).filter(i -> thumbnails.channels(i) == 3).count();
    double share = (double) colored / catalogue.size();
    List<OddImage> odd = new ArrayList<>();
    for (int i = 0; i < catalogue.size(); i++) {
      Scan scan = catalogue.scans().get(i);
      boolean color = thumbnails.channels(i) == 3;
      if (range(Thumbnails.gray(thumbnails, i)) < BLANK) {
        odd.add(new OddImage(scan.file(), "blank: all its pixels are nearly alike"));
      }
      if (color && share < RARE) {
        odd.add(new OddImage(scan.file(), "in colour, where nearly all are gray"));
      }
      if (!color && 1 - share < RARE) {
        odd.add(new OddImage(scan.file(), "gray, where nearly all are in colour"));
      }
      double longest = Math.max(scan.width(), scan.height());
      if (longest / Math.min(scan.width(), scan.height()) > LONGEST) {
        String size = scan.width() + "x" + scan.height();
        odd.add(new OddImage(scan.file(), "very long: " + size + " pixels"));
      }
    }
    return odd;
  }

  private static int range(byte[] gray) {
    int min = 255;
    int max = 0;
    for (byte value : gray) {
      min = Math.min(min, value & 0xff);
      max = Math.max(max, value & 0xff);
    }
    return max - min;
  }
}
