package io.octnet.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;

/**
 * What {@code java -jar oct-app.jar} runs, whatever {@code java} is: finds an installed Java 25 and
 * starts the application in it with the flags it needs. Streams are inherited, signals are passed
 * on, and the application's exit code is this one's.
 *
 * <p>Compiled for Java 8 and built on the JDK alone.
 */
public final class Launcher {
  /** Exit code of a failure. */
  private static final int FAILURE = 1;

  private Launcher() {}

  public static void main(String[] args) {
    System.exit(launch(args));
  }

  private static int launch(String[] args) {
    try {
      JavaHome java = JavaSearch.here().find();
      return run(new JvmCommand(java, ownJar(), System.getenv()), args);
    } catch (LaunchException e) {
      System.err.println("octnet: " + e.getMessage());
      return FAILURE;
    }
  }

  private static File ownJar() throws LaunchException {
    File named = new File(System.getProperty("java.class.path"));
    if (named.isFile()) {
      return named; // as it was typed: the working folder's name may be lost on Java
    }
    try {
      return new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException | SecurityException e) {
      throw new LaunchException("cannot tell where the octnet jar lies: " + e.getMessage());
    }
  }

  private static int run(JvmCommand command, String[] args) throws LaunchException {
    ProcessBuilder builder = new ProcessBuilder(command.line(RawArguments.of(args))).inheritIO();
    JvmCommand.adjust(builder.environment());
    Signals signals = Signals.keep(); // before there is a child that could be left alone
    Process child;
    try {
      child = builder.start();
    } catch (IOException e) {
      throw new LaunchException("cannot start Java: " + e.getMessage());
    }
    signals.passOnTo(child);
    while (true) {
      try {
        return child.waitFor();
      } catch (InterruptedException e) {
        // nobody interrupts this thread; wait on
      }
    }
  }
}
