package io.octnet.launcher;

/** Why the application cannot be started, in one line for the user. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1;

  LaunchException(String message) {
    super(message);
  }
}
