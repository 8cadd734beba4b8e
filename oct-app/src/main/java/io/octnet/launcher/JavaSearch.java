package io.octnet.launcher;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds a Java that can run the application: {@code OCTNET_JAVA} if it is set, else the one this
 * runs in, {@code JAVA_HOME} and its like ({@code JAVA_HOME_25_X64}), the one on the PATH, and the
 * folders where installers put them.
 */
final class JavaSearch {
  private static final String EXPLICIT = "OCTNET_JAVA";

  private final Map<String, String> environment;
  private final File running;
  private final File root;
  private final File userHome;

  /**
   * @param running the folder of the Java that this runs in
   * @param root where the system's folders begin
   * @param userHome where the user's begin
   */
  JavaSearch(Map<String, String> environment, File running, File root, File userHome) {
    this.environment = environment;
    this.running = running;
    this.root = root;
    this.userHome = userHome;
  }

  /** A search on this machine. */
  static JavaSearch here() {
    return new JavaSearch(
        System.getenv(),
        new File(System.getProperty("java.home")),
        new File("/"),
        new File(System.getProperty("user.home")));
  }

  JavaHome find() throws LaunchException {
    String explicit = environment.get(EXPLICIT);
    if (explicit != null && !explicit.isEmpty()) {
      return explicit(new File(explicit));
    }
    for (File folder : named()) {
      JavaHome java = JavaHome.in(folder);
      if (java != null && java.isFit()) {
        return java;
      }
    }
    JavaHome best = null;
    for (File parent : installFolders()) {
      for (File folder : children(parent)) {
        best = better(best, JavaHome.in(folder));
        best = better(best, JavaHome.in(new File(folder, "Contents/Home"))); // macOS
      }
    }
    if (best == null) {
      throw new LaunchException(nothingFound());
    }
    return best;
  }

  /** Of two that fit, the one closer to the version this was made for. */
  private static JavaHome better(JavaHome best, JavaHome other) {
    if (other == null || !other.isFit()) {
      return best;
    }
    return best == null || other.version() < best.version() ? other : best;
  }

  /** A folder, or the {@code java} in its bin, that the user chose: this one or none. */
  private static JavaHome explicit(File given) throws LaunchException {
    JavaHome java = JavaHome.in(given.isFile() ? homeOf(given) : given);
    if (java == null) {
      throw new LaunchException(
          EXPLICIT + "=" + given + " is no Java installation; expected the folder of a JDK 25");
    }
    if (!java.isFit()) {
      throw new LaunchException(
          EXPLICIT + "=" + given + ": " + java.unfitBecause() + "; expected a JDK 25 or later");
    }
    return java;
  }

  /** Folders that something names: the running Java, variables, the PATH. */
  private List<File> named() {
    List<File> folders = new ArrayList<>();
    folders.add(running);
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      boolean names = entry.getKey().startsWith("JAVA_HOME") || entry.getKey().equals("JDK_HOME");
      if (names && !entry.getValue().isEmpty()) {
        folders.add(new File(entry.getValue()));
      }
    }
    String path = environment.get("PATH");
    for (String entry : (path == null ? "" : path).split(File.pathSeparator)) {
      File java = new File(entry, JvmCommand.WINDOWS ? "java.exe" : "java");
      if (!entry.isEmpty() && java.isFile()) {
        folders.add(homeOf(java));
      }
    }
    return folders;
  }

  /** The installation that {@code .../bin/java}, perhaps a link, belongs to. */
  private static File homeOf(File java) {
    try {
      File bin = java.getCanonicalFile().getParentFile();
      return bin.getParentFile() == null ? bin : bin.getParentFile();
    } catch (IOException e) {
      return java;
    }
  }

  private List<File> installFolders() {
    List<File> folders = new ArrayList<>();
    for (String system :
        Arrays.asList(
            "usr/lib/jvm", // Debian, Ubuntu, Fedora, Arch
            "usr/lib64/jvm", // SUSE
            "usr/java", // Oracle's packages
            "usr/local/java",
            "usr/local/lib/jvm",
            "opt",
            "opt/java",
            "opt/jdk",
            "Library/Java/JavaVirtualMachines")) {
      folders.add(new File(root, system));
    }
    for (String own :
        Arrays.asList(
            ".sdkman/candidates/java",
            ".jdks",
            ".asdf/installs/java",
            ".local/share/mise/installs/java",
            ".jenv/versions",
            ".gradle/jdks",
            "Library/Java/JavaVirtualMachines")) {
      folders.add(new File(userHome, own));
    }
    for (String variable : Arrays.asList("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")) {
      String base = environment.get(variable);
      for (String vendor :
          Arrays.asList(
              "Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft")) {
        if (base != null && !base.isEmpty()) {
          folders.add(new File(base, vendor));
          folders.add(new File(base, "Programs/" + vendor));
        }
      }
    }
    return folders;
  }

  private static File[] children(File folder) {
    File[] children = folder.listFiles();
    if (children == null) {
      return new File[0];
    }
    Arrays.sort(children);
    return children;
  }

  private String nothingFound() {
    JavaHome java = JavaHome.in(running);
    return "needs Java "
        + JavaHome.REQUIRED
        + ", but "
        + (java == null ? "this runs in " + running : java + ": " + java.unfitBecause())
        + ", and no other was found through JAVA_HOME, on the PATH or where JDKs are installed;"
        + " install a JDK 25 (https://adoptium.net), or set "
        + EXPLICIT
        + " to the folder of one";
  }
}
