package io.octnet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What must be known of the arguments before they are parsed for good, since they decide on
 * defaults and on how mistakes are told. Files of arguments ({@code @file}) are read, too.
 *
 * @param verbose whether {@code --verbose} is among them
 * @param config the file of {@code --config}, or null
 * @param resume the run of {@code --resume}, or null
 */
record Arguments(boolean verbose, Path config, Path resume) {

  static Arguments of(String... args) {
    CommandLine line = new Octnet(null, Map.of()).parser();
    tolerate(line);
    line.getSubcommands().values().forEach(Arguments::tolerate);
    List<ParseResult> results =
        line.parseArgs(args).asCommandLineList().stream().map(CommandLine::getParseResult).toList();
    ParseResult command = results.getLast();
    return new Arguments(
        results.stream().anyMatch(result -> result.hasMatchedOption("--verbose")),
        command.matchedOptionValue("--config", null),
        command.matchedOptionValue("--resume", null));
  }

  /** Mistakes are for the second time, when there are defaults. */
  private static void tolerate(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
  }
}
