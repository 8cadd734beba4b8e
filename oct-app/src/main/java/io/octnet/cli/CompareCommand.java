package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.comparison.ArticleResult;
import io.octnet.comparison.ComparedRun;
import io.octnet.comparison.Comparison;
import io.octnet.comparison.ComparisonText;
import io.octnet.evaluation.Metrics;
import io.octnet.report.ComparisonPage;
import io.octnet.runs.AtomicFiles;
import io.octnet.runs.Json;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs side by side. */
@Command(
    name = "compare",
    description = {
      "Compares runs as the article does: log-loss and F1 on train, validation and test,",
      "parameters and time, with the article's own numbers beside them.",
    },
    footer = {"", "Example: octnet compare runs/train-cnn3-1 runs/train-cnn7-1 --html table.html"})
final class CompareCommand extends OctCommand {
  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders.")
  List<Path> folders;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page, too: one file that needs nothing else.")
  Path html;

  private record Scores(
      double logLoss, double f1Micro, double f1Macro, Map<String, double[]> ci95) {}

  private record Run(
      String run,
      String model,
      String split,
      boolean leaky,
      long parameters,
      long trainableParameters,
      int epochs,
      double seconds,
      Scores train,
      Scores validation,
      Scores test) {
    static Run of(ComparedRun run) {
      return new Run(
          run.run(),
          run.model(),
          run.split(),
          run.leaky(),
          run.parameters(),
          run.trainableParameters(),
          run.epochs(),
          run.seconds(),
          scores(run.parts().get("train")),
          scores(run.parts().get("validation")),
          scores(run.parts().get("test")));
    }

    private static Scores scores(Metrics m) {
      return m == null ? null : new Scores(m.logLoss(), m.f1Micro(), m.f1Macro(), m.ci95());
    }
  }

  @Override
  public Integer call() {
    Comparison comparison = Comparison.of(folders);
    if (html != null) {
      try {
        AtomicFiles.write(html, ComparisonPage.of(comparison));
      } catch (IOException e) {
        throw new UserException(
            Text.format("cannot write %s (%s); give another --html", html, AtomicFiles.reason(e)),
            e);
      }
    }
    if (json) {
      print(Json.text(object(comparison)));
    } else {
      print(ComparisonText.of(comparison));
    }
    return DONE;
  }

  private static Map<String, Object> object(Comparison comparison) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("runs", comparison.runs().stream().map(Run::of).toList());
    object.put("article", comparison.article().stream().map(CompareCommand::article).toList());
    object.put("notes", comparison.notes());
    return object;
  }

  private static Map<String, Object> article(ArticleResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("model", result.network().id());
    for (int i = 0; i < 3; i++) {
      String part = List.of("train", "validation", "test").get(i);
      Map<String, Object> scores = new LinkedHashMap<>();
      scores.put("log_loss", result.logLoss()[i]);
      scores.put("f1_micro", result.f1Micro()[i]);
      object.put(part, scores);
    }
    return object;
  }
}
