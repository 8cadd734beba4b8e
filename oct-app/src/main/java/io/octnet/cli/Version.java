package io.octnet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version of the application, and the commit it was built of, as the jar's manifest says. */
public final class Version implements IVersionProvider {
  /** {@code 0.1.0}, or {@code development} outside of a jar. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "octnet " + text() + " (" + commit(manifest()) + "Java " + Runtime.version() + ")"
    };
  }

  /**
   * {@code commit 0a1b2c3 of 2026-11-28, }: the day of the commit, not of the build, so that a
   * second build is the same; empty where the sources were not under Git.
   */
  static String commit(Attributes manifest) {
    String commit = Objects.requireNonNullElse(manifest.getValue("Octnet-Commit"), "");
    return commit.isEmpty()
        ? ""
        : "commit " + commit + " of " + manifest.getValue("Octnet-Commit-Date") + ", ";
  }

  /**
   * Of our own jar, which is the first on the class path; in a folder of classes it has nothing.
   */
  private static Attributes manifest() {
    try (InputStream in = ClassLoader.getSystemResourceAsStream("META-INF/MANIFEST.MF")) {
      return in == null ? new Attributes() : new Manifest(in).getMainAttributes();
    } catch (IOException e) {
      return new Attributes();
    }
  }
}
