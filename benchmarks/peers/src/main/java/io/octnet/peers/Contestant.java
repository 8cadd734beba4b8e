package io.octnet.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An engine in a process of its own, as seen from the one that compares; see {@link Turns}. */
final class Contestant implements AutoCloseable {
  /**
   * Before each turn. Idle threads of OpenMP and OpenBLAS spin on for up to a fifth of a second, on
   * the cores of the one whose turn it is.
   */
  private static final long REST_MILLIS = 250;

  private final Path errors;
  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  Contestant(List<String> command, Map<String, String> environment) throws IOException {
    this.errors = Files.createTempFile("octnet-peer", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // an interrupt
    this.output = process.inputReader();
    this.input = process.outputWriter();
  }

  /** What it says next. */
  String line() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(Turns.MARK)) {
        return line.substring(Turns.MARK.length());
      }
    }
    String said;
    try (Stream<String> lines =
        new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).lines()) {
      said =
          lines
              .filter(line -> !line.isBlank() && !line.matches("\\s.*"))
              .reduce("nothing", (a, b) -> b);
    }
    throw new IOException("ended early; its last words: " + said);
  }

  /** Lets it do the job; seconds. */
  double turn() throws IOException {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two turns");
    }
    input.write("turn\n");
    input.flush();
    return Double.parseDouble(line());
  }

  /** Ends it; its peak memory in MiB. */
  double end() throws IOException {
    input.write("end\n");
    input.flush();
    return Double.parseDouble(line());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
