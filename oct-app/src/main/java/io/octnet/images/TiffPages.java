package io.octnet.images;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The pages of a TIFF file: a volume, where there are several. */
final class TiffPages {
  private static final int MOST = 1 << 16;

  private TiffPages() {}

  /** Which directories hold a picture; reduced copies of another page do not count. */
  static List<Integer> of(byte[] tiff) throws UnreadableImageException {
    try {
      List<Directory> directories = directories(tiff);
      if (directories.size() > MOST) {
        throw new UnreadableImageException("TIFF of more than " + MOST + " pages");
      }
      List<Integer> pages =
          IntStream.range(0, directories.size())
              .filter(i -> !isReduced(directories.get(i)))
              .boxed()
              .toList();
      return pages.isEmpty() ? List.of(0) : pages;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException("damaged TIFF: " + Failures.reason(e), e);
    }
  }

  static List<Directory> directories(byte[] tiff) throws IOException {
    Directory all = new TIFFReader().read(new ByteArrayImageInputStream(tiff));
    return all instanceof CompoundDirectory compound && compound.directoryCount() > 0
        ? IntStream.range(0, compound.directoryCount()).mapToObj(compound::getDirectory).toList()
        : List.of(all);
  }

  private static boolean isReduced(Directory directory) {
    Entry type = directory.getEntryById(TIFF.TAG_SUBFILE_TYPE);
    return type != null && type.getValue() instanceof Number number && number.intValue() % 2 == 1;
  }
}
