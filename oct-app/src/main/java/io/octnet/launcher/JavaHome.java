package io.octnet.launcher;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;

/** An installed Java, known by the {@code release} file in its folder, without starting it. */
final class JavaHome {
  /** The first version that runs the application. */
  static final int REQUIRED = 25;

  private static final String VECTOR = "jdk.incubator.vector";

  private final File folder;
  private final Properties release;

  private JavaHome(File folder, Properties release) {
    this.folder = folder;
    this.release = release;
  }

  /** The Java in this folder, or null if there is none. */
  static JavaHome in(File folder) {
    if (!executable(folder).isFile()) {
      return null;
    }
    Properties release = new Properties();
    try (InputStream in = new FileInputStream(new File(folder, "release"))) {
      release.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return null; // not readable, or no release file: not an installation we can judge
    }
    return new JavaHome(folder, release);
  }

  private static File executable(File folder) {
    return new File(folder, JvmCommand.WINDOWS ? "bin/java.exe" : "bin/java");
  }

  /** The {@code java} to start. */
  File executable() {
    return executable(folder);
  }

  /** 8 for {@code 1.8.0_402}, 25 for {@code 25.0.1} and {@code 25-ea}; 0 if it cannot be told. */
  int version() {
    String[] parts = value("JAVA_VERSION").split("[^0-9]+");
    try {
      int first = Integer.parseInt(parts[0]);
      return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Null if the application can run in it, else why not. */
  String unfitBecause() {
    if (version() < REQUIRED) {
      return "it is Java " + version();
    }
    if (!Arrays.asList(value("MODULES").split(" ")).contains(VECTOR)) {
      return "it lacks the module " + VECTOR;
    }
    return null;
  }

  boolean isFit() {
    return unfitBecause() == null;
  }

  private String value(String key) {
    return release.getProperty(key, "").replace("\"", "").trim();
  }

  @Override
  public String toString() {
    return folder.getPath();
  }
}
