package io.octnet.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the application, as the jar's manifest says. */
public final class Version implements IVersionProvider {
  /** {@code 0.1.0}, or {@code development} outside of a jar. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "octnet " + text() + " (Java " + Runtime.version() + ")",
    };
  }
}
