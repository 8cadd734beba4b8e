package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import java.io.IOException;

/** A weight file that cannot be used: one line that names the file, and what in it is wrong. */
public final class WeightFormatException extends IOException {
  /**
   * Something in a weight file is wrong.
   *
   * @param file the file's name
   * @param path the layer or data set, e.g. {@code /dense/dense/kernel:0}; empty for the whole file
   * @param problem what is wrong with it, what was expected, what to do
   */
  public WeightFormatException(String file, String path, String problem) {
    super(Hdf5Exception.oneLine(file + ": " + (path.isEmpty() ? "" : path + " ") + problem));
  }

  WeightFormatException(Hdf5Exception cause) {
    super(cause.getMessage(), cause);
  }
}
