package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.compute.DeviceException;
import io.octnet.runs.AtomicFiles;
import io.octnet.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);

  private static final int LONGEST = 2000;

  /** As a shell says of a program that SIGPIPE ended. */
  private static final int READER_WENT_AWAY = 141;

  private final Console console;
  private final boolean verbose;

  Failures(Console console, boolean verbose) {
    this.console = console;
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    if (e.getCause() instanceof UserException cause) {
      return report(cause);
    }
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String complaint = complaint(e);
    tell(complaint + (complaint.endsWith("?") ? " See " : "; see ") + name + " --help", e);
    return UserException.USAGE;
  }

  private static String complaint(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    String message = firstLine(e.getMessage());
    if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null && isNumber(option)) {
      String kind = WHOLE.contains(option.type()) ? "a whole number" : "a number";
      message = Text.format("%s '%s': expected %s", option.longestName(), e.getValue(), kind);
    }
    String source = OptionDefaults.sourceOf(e.getArgSpec(), e.getValue());
    return lowerFirst(message) + (source == null ? "" : " (from " + source + ")");
  }

  private static boolean isNumber(OptionSpec option) {
    return WHOLE.contains(option.type()) || option.type() == Double.class;
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String received = e.getUnmatched().getFirst();
    boolean option = received.startsWith("-");
    String name = option ? received.replaceFirst("=.*", "") : received;
    boolean subcommand = !option && !e.getCommandLine().getSubcommands().isEmpty();
    String what = option ? "option" : subcommand ? "command" : "argument";
    List<String> close = closest(name, subcommand, e);
    String expected =
        close.isEmpty()
            ? "; expected one of the " + what + "s it has"
            : "; did you mean " + String.join(" or ", close) + "?";
    return Text.format("unknown %s '%s'%s", what, name, what.equals("argument") ? "" : expected);
  }

  private static List<String> closest(
      String received, boolean subcommand, UnmatchedArgumentException e) {
    List<String> known =
        subcommand
            ? List.copyOf(e.getCommandLine().getSubcommands().keySet())
            : e.getCommandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
    return EditDistance.closest(received, known);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    return e instanceof Output.Lost ? UserException.FAILURE : report(e); // told at the very end
  }

  /** Tells of an error in one line. */
  int report(Throwable e) {
    if (e instanceof UserException user) {
      tell(user.getMessage(), user);
      return user.exitCode();
    }
    if (e instanceof CancellationException) {
      return Interrupts.EXIT_CODE;
    }
    if (e instanceof Output.Lost lost && lost.readerWentAway()) {
      return READER_WENT_AWAY;
    }
    tell(message(e), e);
    return UserException.FAILURE;
  }

  private String message(Throwable e) {
    return switch (e) {
      case UncheckedIOException io -> firstLine(io.getMessage()) + reason(io);
      case FileSystemException file -> describe(file);
      case FileNotFoundException missing -> missing.getMessage();
      case IOException io when io.getMessage() != null -> io.getMessage();
      case Output.Lost lost -> lost.getMessage();
      case DeviceException device -> device.getMessage();
      case ArithmeticException diverged when diverged.getMessage() != null -> diverged.getMessage();
      case OutOfMemoryError memory ->
          Text.format(
              "out of memory (%d MiB allowed, %s); use a smaller --batch-size or --image-size, or allow more: OCTNET_JAVA_OPTS=-Xmx...",
              Runtime.getRuntime().maxMemory() >> 20, memory.getMessage());
      default -> unexpected(e);
    };
  }

  /** The cause, unless the message named it. */
  private static String reason(UncheckedIOException e) {
    IOException cause = e.getCause();
    if (cause instanceof FileSystemException file) {
      return " (" + describe(file) + ")";
    }
    String reason = firstLine(cause.getMessage());
    return firstLine(e.getMessage()).contains(reason) ? "" : " (" + reason + ")";
  }

  private static String describe(FileSystemException e) {
    return e.getFile() + ": " + AtomicFiles.reason(e);
  }

  private String unexpected(Throwable e) {
    String message = firstLine(String.valueOf(e.getMessage()));
    String hint = verbose ? "" : "; run with --verbose for details";
    return "unexpected " + e.getClass().getSimpleName() + ": " + message + hint;
  }

  private void tell(String message, Throwable e) {
    String line = message.lines().collect(Collectors.joining(" "));
    console.line("octnet: " + shortened(Text.visible(line)));
    if (verbose) {
      e.printStackTrace(console.err());
      console.err().flush();
    }
  }

  /** What a file says may be quoted in a message, however long it is. */
  private static String shortened(String message) {
    int half = LONGEST / 2;
    return message.length() <= LONGEST
        ? message
        : message.substring(0, half) + " ... " + message.substring(message.length() - half);
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
