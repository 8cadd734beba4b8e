package io.octnet.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the JPEG reader warned of. It goes on where data is missing and fills the rest with gray;
 * but it warns, too, of a picture that is whole and only lacks its end marker, or has stray bytes
 * before it.
 */
final class ReaderWarnings {
  private static final String NO_END = "Truncated File - Missing EOI marker";
  private static final Pattern STRAY =
      Pattern.compile("Corrupt JPEG data: (\\d+) extraneous bytes before marker 0xd9");
  private static final int MOST = 8;

  private final List<String> warnings = new ArrayList<>();

  /** Takes a warning; those that concern metadata are dropped. */
  void add(String warning) {
    boolean ofPixels = warning.startsWith("Truncated") || warning.startsWith("Corrupt");
    if (ofPixels && warnings.size() < MOST) {
      warnings.add(warning);
    }
  }

  /**
   * Tells what is untidy.
   *
   * @throws IOException when pixels are missing
   */
  void check(byte[] jpeg, Consumer<String> untidy) throws IOException {
    List<String> damage =
        warnings.stream()
            .filter(w -> !(w.equals(NO_END) && isSequential(jpeg)) && !STRAY.matcher(w).matches())
            .toList();
    if (!damage.isEmpty()) {
      throw new IOException(String.join(", ", warnings.subList(0, Math.min(2, warnings.size()))));
    }
    for (String warning : warnings) {
      untidy.accept(
          warning.equals(NO_END)
              ? "a JPEG without end marker; its pixels are whole"
              : "a JPEG with stray bytes before its end ("
                  + STRAY.matcher(warning).replaceAll("$1")
                  + "); its pixels are all there");
    }
  }

  /**
   * Whether the pixels come once, from top to bottom, so that a missing part is noticed; of a
   * progressive file, which refines them scan by scan, whole scans could be missing.
   */
  private static boolean isSequential(byte[] jpeg) {
    for (int at = 2; at + 4 < jpeg.length && (jpeg[at] & 0xff) == 0xff; ) {
      int marker = jpeg[at + 1] & 0xff;
      if (marker == 0xff) {
        at++; // padding
      } else if (marker >= 0xc0 && marker <= 0xcf && marker % 4 != 0 || marker == 0xc0) {
        return marker <= 0xc1;
      } else {
        at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      }
    }
    return false;
  }
}
