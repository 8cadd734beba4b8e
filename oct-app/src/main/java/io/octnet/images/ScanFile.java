package io.octnet.images;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A file opened to be read: one picture, or several (the pages of a TIFF, the frames of a DICOM
 * volume). Used by one thread at a time. Whatever is wrong with it is an {@link
 * UnreadableImageException} with a reason of one line.
 */
public interface ScanFile extends AutoCloseable {
  /** Opens a file by its content. */
  static ScanFile open(Path file) throws UnreadableImageException {
    return ScanFormats.open(file);
  }

  /** Whether a folder's file is taken for one that holds scans; its content may be else. */
  static boolean isCandidate(Path file) {
    return ScanFormats.isCandidate(file);
  }

  /** Whether a file may have 16-bit samples without saying how many bits count; reads its head. */
  static boolean mayHideItsDepth(Path file) {
    return ImageFormat.ofHead(file)
        .filter(format -> format == ImageFormat.PNG || format == ImageFormat.TIFF)
        .isPresent();
  }

  /** How many pictures a file holds; 1 where it cannot be read. */
  static int count(Path file) {
    if (ImageFormat.ofHead(file).filter(format -> format != ImageFormat.TIFF).isPresent()) {
      return 1;
    }
    try (ScanFile scans = open(file)) {
      return scans.frames();
    } catch (UnreadableImageException e) {
      return 1; // what is wrong with it is told where it is read
    }
  }

  /** How many pictures it holds, 1 or more. */
  int frames();

  /** What it says of all of them. */
  ScanFacts facts();

  /**
   * Decodes a picture.
   *
   * @param frame from 0
   * @param depth of 16-bit samples, where the file does not say it
   */
  Raster8 read(int frame, BitDepth depth) throws UnreadableImageException;

  /**
   * The largest sample of a picture of 16 bits whose depth the file does not say; empty for all
   * others. Costs as much as decoding only where it is present.
   */
  OptionalInt largestSample(int frame) throws UnreadableImageException;

  /** What was untidy in what was read so far, a line each; the pictures are whole nevertheless. */
  List<String> warnings();

  /**
   * Whether it names a patient, so that no name or number of the file's or the user's may be shown
   * for one.
   */
  default boolean isConfidential() {
    return false;
  }

  /** A text without what the file knows of its patient in clear; for names of files. */
  default String masked(String text) {
    return text;
  }

  /** Whether several frames are the B-scans of one volume. */
  default boolean isVolume() {
    return true;
  }

  /** SHA-256 of the file's bytes, in hex. */
  String sha256() throws UnreadableImageException;

  @Override
  default void close() {}
}
