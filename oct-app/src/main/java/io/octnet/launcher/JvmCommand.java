package io.octnet.launcher;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command line of the application's JVM. */
final class JvmCommand {
  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  static final boolean WINDOWS = OS.startsWith("windows");
  static final boolean LINUX = OS.startsWith("linux");

  /** Tells the application that signals reach it through a launcher. */
  static final String LAUNCHED = "octnet.launched";

  /** Tells it that the arguments are percent-encoded. */
  static final String ENCODED = "octnet.encoded";

  private static final String MAIN = "io.octnet.cli.Main";

  /** What a package's start script was called by, for commands that users may copy. */
  private static final String COMMAND = "octnet.command";

  private static final String ADD_ON = "octnet-opencl.jar";

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
    line.addAll(JvmOptions.of(environment));
    String command = System.getProperty(COMMAND);
    if (command != null) {
      line.add("-D" + COMMAND + "=" + command);
    }
    boolean ascii = arguments.stream().allMatch(RawArguments::isAscii);
    if (!ascii) {
      line.add("-D" + ENCODED + "=true");
    }
    line.add("-cp");
    line.add(classPath());
    line.add(MAIN);
    line.addAll(ascii ? arguments : RawArguments.inAscii(arguments));
    return line;
  }

  /** The jar, and the add-on for OpenCL where it lies beside it. */
  private String classPath() {
    File addOn = new File(jar.getParentFile(), ADD_ON);
    return addOn.isFile() ? jar + File.pathSeparator + addOn : jar.getPath();
  }

  /**
   * Java takes the encoding of file names and streams from the locale, and ASCII where that is not
   * installed: so it gets one that is there. And PoCL, an OpenCL driver, would take Java's signal
   * of a division by zero for its own.
   */
  static void adjust(Map<String, String> childEnvironment) {
    if (LINUX) {
      childEnvironment.putIfAbsent("POCL_SIGFPE_HANDLER", "0");
      childEnvironment.put("LC_ALL", "C.UTF-8");
    }
  }
}
