package io.octnet.compute;

/**
 * Why a back-end did not run on the device that was asked for, in one line: it cannot run here, or
 * the device failed or refused. Nothing is computed elsewhere in silence instead.
 */
public final class DeviceException extends RuntimeException {
  /** With a line for the user. */
  public DeviceException(String message) {
    super(message);
  }

  /** With what the device's driver or compiler said. */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
