package io.octnet.hdf5;

import java.io.IOException;

/** An HDF5 file that cannot be used as it is: one line that names the file and what in it. */
public final class Hdf5Exception extends IOException {
  private static final int LONGEST = 2000;

  /**
   * Something in a file is wrong.
   *
   * @param file the file's name
   * @param path the group or data set, e.g. {@code /dense/dense/kernel:0}; empty for the whole file
   * @param problem what is wrong with it, e.g. {@code is missing}
   */
  public Hdf5Exception(String file, String path, String problem) {
    super(oneLine(file + ": " + (path.isEmpty() ? "" : path + " ") + problem));
  }

  /** As above, with what caused it. */
  public Hdf5Exception(String file, String path, String problem, Throwable cause) {
    this(file, path, problem);
    initCause(cause);
  }

  /** Text that may come from a damaged file, made fit for a terminal. */
  public static String oneLine(String text) {
    String printable = text.replaceAll("[\\p{Cntrl}\\p{Cn}\\p{Co}\\uFFFD]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }
}
