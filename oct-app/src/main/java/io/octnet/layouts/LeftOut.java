package io.octnet.layouts;

/**
 * A file that is not used.
 *
 * @param file path relative to the data folder, with {@code /}
 * @param reason one line
 */
public record LeftOut(String file, Kind kind, String reason) implements Comparable<LeftOut> {
  /** Why a file is not used. */
  public enum Kind {
    /** Named like an image, but cannot be read as one. */
    DAMAGED,
    /** Something else that lies among the images. */
    ODD
  }

  /** A file that cannot be read. */
  public static LeftOut damaged(String file, String reason) {
    return new LeftOut(file, Kind.DAMAGED, reason);
  }

  /** A file that is none of ours. */
  public static LeftOut odd(String file, String reason) {
    return new LeftOut(file, Kind.ODD, reason);
  }

  @Override
  public int compareTo(LeftOut other) {
    return file.compareTo(other.file);
  }
}
