package io.octnet.cli;

import io.octnet.runs.RunFolder;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The root command. */
@Command(
    name = "octnet",
    description = "Learns to read retinal OCT scans.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      CompareCommand.class,
      AuditCommand.class,
      VerifyCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      SplitCommand.class,
      DataCommand.class,
      SummaryCommand.class,
      FeaturesCommand.class,
      InspectWeightsCommand.class,
      ConvertCommand.class,
      FetchWeightsCommand.class,
      FetchDataCommand.class,
      GradcheckCommand.class,
      DevicesCommand.class,
      GenerateCompletion.class,
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 failure; 2 wrong usage; 3 a check failed; 130 interrupted.",
      "Every command has --help with an example; without the package, octnet stands for",
      "java -jar oct-app.jar",
    })
public final class Octnet implements Runnable {
  private final Console console;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of an error.")
  boolean verbose; // read by Arguments, since errors of parsing are reported, too

  /** For tools that only read which commands there are. */
  Octnet() {
    this(null, Map.of());
  }

  Octnet(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  Console console() {
    return console;
  }

  /** Runs a command; returns the exit code, whatever happens. */
  int run(String... args) {
    Arguments arguments = Arguments.of(args);
    Logging.setVerbose(arguments.verbose());
    Failures failures = new Failures(console, arguments.verbose());
    int code = run(failures, arguments, args);
    console.erase();
    Output.Lost lost = console.lost();
    return lost == null ? code : failures.report(lost);
  }

  private int run(Failures failures, Arguments arguments, String... args) {
    try {
      CommandLine line = parser(configOf(arguments));
      line.setOut(console.out());
      line.setErr(console.err());
      line.setParameterExceptionHandler(failures);
      line.setExecutionExceptionHandler(failures);
      return line.execute(args);
    } catch (Throwable e) {
      return failures.report(e);
    }
  }

  /** A run that goes on takes its options from itself. */
  private static Path configOf(Arguments arguments) {
    return arguments.config() != null || arguments.resume() == null
        ? arguments.config()
        : RunFolder.open(arguments.resume()).file(RunFolder.CONFIG);
  }

  /** The parser of all commands, without defaults from elsewhere. */
  CommandLine parser() {
    CommandLine line = new CommandLine(this);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Network.class, explained(Network::of));
    line.registerConverter(FineTune.class, explained(FineTune::of));
    return line;
  }

  /**
   * The parser of all commands; the defaults of {@code train}, and of it alone, come from the
   * environment and a file.
   *
   * @param config the file of {@code --config}, or null
   */
  CommandLine parser(Path config) {
    CommandLine line = parser();
    CommandLine train = line.getSubcommands().get("train");
    train.setDefaultValueProvider(OptionDefaults.of(train, environment, config));
    return line;
  }

  /** Keeps the message of a converter that says what it expected. */
  private static <T> ITypeConverter<T> explained(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "no command was given");
  }
}
