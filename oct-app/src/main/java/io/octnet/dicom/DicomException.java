package io.octnet.dicom;

/** A file that is no DICOM image we can read; the message is one line and names nobody. */
public final class DicomException extends Exception {
  public DicomException(String reason) {
    super(reason);
  }

  public DicomException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
