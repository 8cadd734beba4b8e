package io.octnet.images;

/**
 * What a file says of the scans in it; empty strings where it says nothing.
 *
 * @param patient an opaque key, never a name or number in clear
 * @param eye {@code left}, {@code right} or empty
 * @param volume an opaque key of the volume; empty: the frames of a file of several are one volume
 */
public record ScanFacts(String patient, String eye, String volume) {
  public static final ScanFacts NONE = new ScanFacts("", "", "");
}
