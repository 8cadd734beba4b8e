package io.octnet.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command line of the application's JVM. */
final class JvmCommand {
  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  static final boolean WINDOWS = OS.startsWith("windows");
  private static final boolean LINUX = OS.startsWith("linux");

  /** Tells the application that signals reach it through a launcher. */
  static final String LAUNCHED = "octnet.launched";

  private static final String MAIN = "io.octnet.cli.Main";
  private static final String OPTIONS = "OCTNET_JAVA_OPTS";
  private static final String ADD_ON = "octnet-opencl.jar";
  private static final File HUGE_PAGES = new File("/sys/kernel/mm/transparent_hugepage/enabled");

  private final JavaHome java;
  private final File jar;
  private final Map<String, String> environment;

  JvmCommand(JavaHome java, File jar, Map<String, String> environment) {
    this.java = java;
    this.jar = jar;
    this.environment = environment;
  }

  List<String> line(List<String> arguments) throws LaunchException {
    List<String> line = new ArrayList<>();
    line.add(java.executable().getPath());
    // The application itself loads jdk.incubator.vector through this package: with --add-modules
    // the JVM would greet every user with a warning that no option turns off. What else that option
    // does is to let the compiler turn the module's calls into instructions: hundreds of times
    // faster.
    line.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    line.add("-XX:+UnlockExperimentalVMOptions");
    line.add("-XX:+EnableVectorSupport");
    line.add("--enable-native-access=ALL-UNNAMED");
    // With tensors in a pool there is little to collect: the parallel collector was no faster, and
    // let the heap grow by a tenth to a fifth instead of collecting; ZGC costs 15 %.
    line.add("-XX:+UseSerialGC");
    // Tensors are kept in a pool, in the old generation, so few objects die young: without this
    // bound the young generation alone grows to a gigabyte.
    line.add("-Xmn64m");
    line.add("-Xlog:gc+ergo=off"); // a warning, where the whole heap is smaller than that
    if (LINUX && hugePagesCanBeAskedFor()) {
      line.add("-XX:+UseTransparentHugePages");
    }
    line.add("-XX:MaxRAMPercentage=75"); // of the machine's memory, or of the container's
    line.add("-XX:+DisplayVMOutputToStderr"); // stdout is for results
    line.add("-Djava.awt.headless=true");
    line.add("-D" + LAUNCHED + "=true");
    line.addAll(words(environment.get(OPTIONS)));
    line.add("-cp");
    line.add(classPath());
    line.add(MAIN);
    line.addAll(arguments);
    return line;
  }

  /** The jar, and the add-on for OpenCL where it lies beside it. */
  private String classPath() {
    File addOn = new File(jar.getAbsoluteFile().getParentFile(), ADD_ON);
    return addOn.isFile() ? jar + File.pathSeparator + addOn : jar.getPath();
  }

  /**
   * Where no locale is set, Java takes file names for ASCII, and cannot open others; and PoCL, an
   * OpenCL driver, would take Java's signal of a division by zero for its own.
   */
  void adjust(Map<String, String> childEnvironment) {
    if (!LINUX) {
      return;
    }
    childEnvironment.putIfAbsent("POCL_SIGFPE_HANDLER", "0");
    for (String variable : Arrays.asList("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        if (value.equals("C") || value.equals("POSIX")) {
          break;
        }
        return;
      }
    }
    childEnvironment.put("LC_ALL", "C.UTF-8");
  }

  /** Where they are switched off, the JVM would warn about the option. */
  private static boolean hugePagesCanBeAskedFor() {
    try {
      byte[] setting = Files.readAllBytes(HUGE_PAGES.toPath());
      return !new String(setting, StandardCharsets.US_ASCII).contains("[never]");
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  /** Splits at white space, except inside single or double quotes. */
  static List<String> words(String text) throws LaunchException {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (char c : (text == null ? "" : text).toCharArray()) {
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new LaunchException(OPTIONS + "=" + text + " has a quote (" + quote + ") left open");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
