package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.runs.ConfigFile;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options of one command that the command line leaves out: {@code OCTNET_BATCH_SIZE} for
 * {@code --batch-size}, else {@code batch-size} in the file of {@code --config}.
 */
final class OptionDefaults implements IDefaultValueProvider {
  private static final List<String> NOT_OPTIONS =
      List.of("help", "version", "verbose", "config", "resume", "dry-run");

  private final Map<String, String> environment;
  private final Path file;
  private final Map<String, String> values;

  private OptionDefaults(Map<String, String> environment, Path file, Map<String, String> values) {
    this.environment = environment;
    this.file = file;
    this.values = values;
  }

  /**
   * Of these sources.
   *
   * @param file the configuration, or null
   * @throws UserException when it cannot be read, or has a key that is no option of the command
   */
  static OptionDefaults of(CommandLine command, Map<String, String> environment, Path file) {
    if (file == null) {
      return new OptionDefaults(environment, null, Map.of());
    }
    Map<String, String> values = new TreeMap<>();
    ConfigFile.read(file).forEach((key, value) -> values.put(key.replace('_', '-'), value));
    TreeSet<String> known = new TreeSet<>();
    command.getCommandSpec().options().stream()
        .map(OptionDefaults::key)
        .filter(key -> !NOT_OPTIONS.contains(key))
        .forEach(known::add);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        List<String> close = EditDistance.closest(key, known);
        throw UserException.usage(
            Text.format(
                "%s: unknown key '%s'; %s",
                file,
                key,
                close.isEmpty()
                    ? "expected names of options without their dashes, e.g. batch-size"
                    : "did you mean " + String.join(" or ", close) + "?"));
      }
    }
    return new OptionDefaults(environment, file, values);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && !NOT_OPTIONS.contains(key(option))
        ? found(option).value
        : null;
  }

  private record Found(String value, String source) {}

  private Found found(OptionSpec option) {
    String variable = variable(option);
    String value = environment.get(variable);
    if (value != null && !value.isBlank()) {
      return new Found(value, variable);
    }
    return new Found(values.get(key(option)), file == null ? null : file.toString());
  }

  /** Where a refused value came from; null if it stood on the command line. */
  static String sourceOf(ArgSpec argument, String value) {
    if (!(argument instanceof OptionSpec option)
        || !(option.command().defaultValueProvider() instanceof OptionDefaults defaults)) {
      return null;
    }
    Found found = defaults.found(option);
    boolean typed = option.command().commandLine().getParseResult().hasMatchedOption(option);
    return !typed && found.value != null && found.value.equals(value) ? found.source : null;
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static String variable(OptionSpec option) {
    return "OCTNET_" + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
