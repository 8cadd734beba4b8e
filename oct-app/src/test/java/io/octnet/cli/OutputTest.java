package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A result that is lost is a failure, whatever the command. */
class OutputTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path run;

  /** Takes nothing, as a full disk does or a pipe whose reader is gone. */
  private static final class Refusing extends Writer {
    private final String reason;

    Refusing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeAll
  static void train() {
    data = folder.resolve("scans");
    new SyntheticSet(9, 16, 7).write(data, 2);
    Cli.Result trained = Cli.run(training("runs"));
    assertThat(trained.code()).as(trained.err()).isZero();
    run = folder.resolve("runs/train-cnn3-1");
  }

  private static Object[] training(String out) {
    return new Object[] {
      "train", "--data", data, "--out", folder.resolve(out), "--image-size=8", "--epochs=1"
    };
  }

  /** Each command with arguments that make it print a result; its help where that takes much. */
  static Stream<List<Object>> commands() {
    Path scan = data.resolve("CNV");
    Map<String, List<Object>> arguments =
        Map.ofEntries(
            Map.entry("train", List.of(training("lost")).subList(1, 7)),
            Map.entry("evaluate", List.of(run)),
            Map.entry("predict", List.of(run, scan)),
            Map.entry("explain", List.of(run, scan, "--out", folder.resolve("heat"))),
            Map.entry("compare", List.of(run, run)),
            Map.entry("audit", List.of("--data", data)),
            Map.entry("verify", List.of(run)),
            Map.entry("runs", List.of(run.getParent())),
            Map.entry("report", List.of(run)),
            Map.entry("split", List.of("--data", data)),
            Map.entry("summary", List.of("--model", "cnn3", "--no-time")),
            Map.entry("inspect-weights", List.of(run.resolve("best.h5"))),
            Map.entry(
                "convert", List.of(run.resolve("best.h5"), folder.resolve("converted.weights.h5"))),
            Map.entry("gradcheck", List.of("--op", "add", "--shapes", "1")),
            Map.entry("devices", List.of()),
            Map.entry("generate-completion", List.of()));
    List<List<Object>> commands = new ArrayList<>();
    for (String name : new CommandLine(new Octnet(null, Map.of())).getSubcommands().keySet()) {
      List<Object> line = new ArrayList<>(List.of(name));
      line.addAll(arguments.getOrDefault(name, List.of("--help")));
      commands.add(line);
      if (List.of("predict", "summary", "gradcheck", "compare", "audit").contains(name)) {
        List<Object> json = new ArrayList<>(line);
        json.add("--json");
        commands.add(json);
      }
    }
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFullDiskIsOneLineAndExitCodeOne(List<Object> command) {
    StringWriter err = new StringWriter();

    assertThat(run(new Refusing("No space left on device"), err, command)).isEqualTo(1);
    assertThat(err.toString().lines().filter(line -> line.startsWith("octnet: ")))
        .containsExactly("octnet: cannot write to stdout (No space left on device)");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aReaderThatWentAwayEndsItQuietly(List<Object> command) {
    StringWriter err = new StringWriter();

    assertThat(run(new Refusing("Broken pipe"), err, command)).isEqualTo(141);
    assertThat(err.toString()).doesNotContain("octnet: ", "Broken");
  }

  @Test
  void aBackEndIsClosedWhenTheOutputFails() throws InterruptedException {
    List<Thread> before = computing();
    run(
        new Refusing("No space left on device"),
        new StringWriter(),
        List.of("gradcheck", "--op", "add", "--threads", "3"));

    for (Thread thread : computing()) {
      if (!before.contains(thread)) {
        thread.join(5000); // it ends when it notices
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static List<Thread> computing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("octnet-compute"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandPrintsOneJsonObjectAndNothingElse(List<Object> command) {
    if (command.getFirst().equals("generate-completion")) {
      return; // a script of the shell
    }
    assertThat(Cli.run(command.getFirst(), "--help").out()).contains("--json");
    if (!command.contains("--help")) {
      List<Object> line = new ArrayList<>(command);
      if (!line.contains("--json")) {
        line.add("--json");
      }
      Cli.Result result = Cli.run(line.toArray());
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(JsonParser.parseString(result.out()).isJsonObject()).isTrue();
    }
  }

  @Test
  void messagesThatAreLostAreAFailureToo() {
    StringWriter out = new StringWriter();
    Writer err = new Refusing("No space left on device");

    assertThat(run(out, err, List.of(training("silent")))).isEqualTo(1);
    assertThat(out.toString()).contains("run: " + folder.resolve("silent")); // it was not stopped
  }

  private static int run(Writer out, Writer err, List<Object> command) {
    Console console = new Console(out, err, Terminal.NONE);
    String[] args = command.stream().map(String::valueOf).toArray(String[]::new);
    return new Octnet(console, Map.of()).run(args);
  }
}
