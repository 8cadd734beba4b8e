package io.octnet.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of the same kind, so that what one measurement compiled does not touch the next. */
final class Fork {
  private Fork() {}

  /** Runs this program with more options of the JVM; its output goes where ours goes. */
  static void main(List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    int code = builder(jvmOptions, arguments).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(arguments + " ended with exit code " + code);
    }
  }

  /** The lines that it prints. */
  static List<String> lines(List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    Process process =
        builder(jvmOptions, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader().lines().toList();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(arguments + " ended with exit code " + code + ": " + lines);
    }
    return lines;
  }

  private static ProcessBuilder builder(List<String> jvmOptions, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(System.getProperty("java.home") + "/bin/java");
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(jvmOptions);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line);
  }
}
