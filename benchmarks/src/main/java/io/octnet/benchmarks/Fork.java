package io.octnet.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Another JVM of the same kind, so that what one measurement compiled does not touch the next. */
final class Fork {
  /** How lines begin after which the other JVM waits. */
  static final String WAITING = "> ";

  private Fork() {}

  /** Runs this program with more options of the JVM, and hands on each line that it prints. */
  static void run(List<String> jvmOptions, List<String> arguments, Consumer<String> line)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(jvmOptions, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = process.inputReader();
        Writer writer = process.outputWriter()) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line.accept(text);
        if (text.startsWith(WAITING)) {
          writer.write('\n');
          writer.flush();
        }
      }
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(arguments + " ended with exit code " + code);
    }
  }

  /** In the other JVM: prints a line, and goes on once {@link #run} has dealt with it. */
  static void waitAfter(String line) {
    System.out.println(WAITING + line);
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody measures any more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that it prints. */
  static List<String> lines(List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    run(jvmOptions, arguments, lines::add);
    return lines;
  }

  private static List<String> command(List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
