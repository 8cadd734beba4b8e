package io.octnet.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of the application's JVM: ours, except where the user's settle the same question. The
 * JVM takes options from several variables, and two collectors, say, end it.
 */
final class JvmOptions {
  static final String OWN_VARIABLE = "OCTNET_JAVA_OPTS";
  private static final String[] JVM_VARIABLES = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"
  };

  private static final String COLLECTOR = "-XX:[+-]Use\\w*GC|-XX:\\+AggressiveHeap";
  private static final String YOUNG =
      "-Xmn.*|-XX:(Max)?NewSize=.*|-XX:NewRatio=.*|-XX:[+-]UseAdaptive.*";
  private static final String HEAP = "-Xmx.*|-XX:Max(HeapSize|RAM\\w*)=.*|-XX:\\+AggressiveHeap";
  private static final String PAGES = "-XX:[+-]Use(TransparentHuge|Large)Pages.*";
  private static final File HUGE_PAGES = new File("/sys/kernel/mm/transparent_hugepage/enabled");
  private static final int LONGEST_FILE = 1 << 20;

  private final List<String> named = new ArrayList<>();
  private final List<String> own;
  private final List<String> line = new ArrayList<>();

  private JvmOptions(Map<String, String> environment) throws LaunchException {
    own = words(environment.get(OWN_VARIABLE));
    for (String variable : JVM_VARIABLES) {
      try {
        name(words(environment.get(variable)));
      } catch (LaunchException e) {
        // an open quote: the JVM itself will say so
      }
    }
    name(own);
  }

  /** For a JVM that starts in this environment. */
  static List<String> of(Map<String, String> environment) throws LaunchException {
    JvmOptions options = new JvmOptions(environment);
    options.ours();
    if (JvmCommand.LINUX && hugePagesCanBeAskedFor()) {
      options.unless(PAGES, "-XX:+UseTransparentHugePages");
    }
    options.line.add("-D" + JvmCommand.LAUNCHED + "=true");
    options.line.addAll(options.own);
    return options.line;
  }

  /**
   * Prints, one a line, the options of a package that brings its Java along and starts it itself.
   */
  public static void main(String[] args) throws LaunchException {
    JvmOptions options = new JvmOptions(Collections.emptyMap());
    options.ours();
    for (String option : options.line) {
      System.out.println(option);
    }
  }

  private void ours() {
    // The application itself loads jdk.incubator.vector through this package: with --add-modules
    // the JVM would greet every user with a warning that no option turns off. What else that option
    // does is to let the compiler turn the module's calls into instructions: hundreds of times
    // faster.
    line.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    line.add("-XX:+UnlockExperimentalVMOptions");
    unless("-XX:[+-]EnableVectorSupport", "-XX:+EnableVectorSupport");
    line.add("--enable-native-access=ALL-UNNAMED");
    // With tensors in a pool there is little to collect: the parallel collector was no faster, and
    // let the heap grow by a tenth to a fifth instead of collecting; ZGC costs 15 %.
    unless(COLLECTOR, "-XX:+UseSerialGC");
    // Tensors are kept in a pool, in the old generation, so few objects die young: without this
    // bound the young generation alone grows to a gigabyte. Other collectors choose for themselves.
    unless(YOUNG + "|" + COLLECTOR, "-Xmn64m");
    line.add("-Xlog:gc+ergo=off"); // a warning, where the whole heap is smaller than that
    unless(HEAP, "-XX:MaxRAMPercentage=75"); // of the machine's memory, or of the container's
    unless("-XX:[+-]DisplayVMOutputTo.*", "-XX:+DisplayVMOutputToStderr"); // stdout is for results
    unless("-Djava\\.awt\\.headless=.*", "-Djava.awt.headless=true");
  }

  private void unless(String settled, String option) {
    Pattern pattern = Pattern.compile(settled);
    for (String word : named) {
      if (pattern.matcher(word).matches()) {
        return;
      }
    }
    line.add(option);
  }

  /** Options that the user names, those in files of options included. */
  private void name(List<String> words) {
    for (String word : words) {
      named.add(word);
      if (word.startsWith("@")) {
        named.addAll(file(word.substring(1)));
      } else if (word.startsWith("-XX:VMOptionsFile=")) {
        named.addAll(file(word.substring(word.indexOf('=') + 1)));
      }
    }
  }

  private static List<String> file(String name) {
    File file = new File(name);
    try {
      if (!file.isFile() || file.length() > LONGEST_FILE) {
        return Collections.emptyList();
      }
      byte[] bytes = Files.readAllBytes(file.toPath());
      return words(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | LaunchException e) {
      return Collections.emptyList(); // the JVM itself will say so
    }
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
      throw new LaunchException(
          OWN_VARIABLE + "=" + text + " has a quote (" + quote + ") left open");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
