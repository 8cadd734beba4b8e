package io.octnet;

/**
 * An error that the user can do something about. Its message is one line that says what was
 * received, what was expected and what to do; the command line prints it without a stack trace and
 * ends with {@link #exitCode()}.
 */
public final class UserException extends RuntimeException {
  /** A failure while doing what was asked. */
  public static final int FAILURE = 1;

  /** The command line itself was wrong. */
  public static final int USAGE = 2;

  /** A gate failed: a leaking split, a verification that differs. */
  public static final int GATE = 3;

  private final int exitCode;

  /** A failure, exit code 1. */
  public UserException(String message) {
    this(message, FAILURE, null);
  }

  /** A failure, exit code 1, with the exception behind it for {@code --verbose}. */
  public UserException(String message, Throwable cause) {
    this(message, FAILURE, cause);
  }

  /** A failure with an exit code of its own; {@code cause} may be null. */
  public UserException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A wrong option or argument, exit code 2. */
  public static UserException usage(String message) {
    return new UserException(message, USAGE, null);
  }

  public int exitCode() {
    return exitCode;
  }
}
