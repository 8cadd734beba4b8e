package io.octnet.hdf5;

/**
 * Runs what may break on a damaged file and turns every way in which it can break into one {@link
 * Hdf5Exception}: jhdf answers damage with any runtime exception, with a stack overflow where a
 * structure points to itself, and with an out-of-memory error where a length is absurd.
 */
final class Guard {
  private Guard() {}

  @FunctionalInterface
  interface Step<T> {
    T run() throws Hdf5Exception;
  }

  static <T> T run(String file, String path, Step<T> step) throws Hdf5Exception {
    try {
      return step.run();
    } catch (RuntimeException e) {
      throw new Hdf5Exception(file, path, "is damaged or of an unknown kind: " + reason(e), e);
    } catch (StackOverflowError e) {
      throw new Hdf5Exception(file, path, "is damaged: it contains itself", e);
    } catch (OutOfMemoryError e) {
      throw new Hdf5Exception(file, path, "is damaged, or needs more memory than there is", e);
    } catch (InternalError e) {
      // a mapped file became shorter while it was read
      throw new Hdf5Exception(file, path, "cannot be read: the file changed meanwhile", e);
    }
  }

  /** The innermost message, which says what was found. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
