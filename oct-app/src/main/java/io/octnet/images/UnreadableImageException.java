package io.octnet.images;

/** A file that is no picture we can read, or only part of one; the message is one line. */
public final class UnreadableImageException extends Exception {
  public UnreadableImageException(String reason) {
    super(reason);
  }

  public UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
