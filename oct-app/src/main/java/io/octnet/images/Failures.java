package io.octnet.images;

import io.octnet.dicom.DicomException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Whatever goes wrong while a file is read becomes one exception with a reason of one line. */
final class Failures {
  private Failures() {}

  /** What is read. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException, DicomException;
  }

  /**
   * Reads.
   *
   * @param format of the file, for the reason
   */
  static <T> T named(String format, Reading<T> reading) throws UnreadableImageException {
    try {
      return reading.read();
    } catch (DicomException e) {
      throw new UnreadableImageException(e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new UnreadableImageException("no such file", e);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException("damaged " + format + ": " + reason(e), e);
    }
  }

  /** One line. */
  static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }
}
