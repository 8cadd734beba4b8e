package io.octnet.saving;

import java.io.IOException;

/** A model that cannot be had from a file: one line that names the file, the layer, and why. */
public final class UnsupportedModelException extends IOException {
  private static final int LONGEST = 400;

  UnsupportedModelException(String file, String problem) {
    super(oneLine(file + ": " + problem));
  }

  /** Names in a file may hold anything. */
  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
