package io.octnet.comparison;

import io.octnet.runs.RunFolder;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs side by side.
 *
 * @param article what the article says of the networks among them, one each
 */
public record Comparison(List<ComparedRun> runs, List<ArticleResult> article) {
  static final List<String> PARTS = List.of("train", "validation", "test");

  /**
   * Reads runs.
   *
   * @throws io.octnet.UserException when one is none, has not ended, or is damaged
   */
  public static Comparison of(List<Path> folders) {
    List<ComparedRun> runs = new ArrayList<>();
    Map<String, ArticleResult> article = new LinkedHashMap<>();
    for (Path folder : folders) {
      try (RunFolder opened = RunFolder.open(folder)) {
        ComparedRun run = ComparedRun.read(opened);
        runs.add(run);
        ArticleResult.of(run.model()).ifPresent(result -> article.put(run.model(), result));
      }
    }
    return new Comparison(List.copyOf(runs), List.copyOf(article.values()));
  }

  /** What one must know before reading the numbers. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ComparedRun run : runs) {
      if (run.leaky()) {
        notes.add(
            Text.format(
                "LEAKY: %s was tested on patients or pictures that it was trained on", run.run()));
      }
      if (!run.testFiles().equals(runs.getFirst().testFiles())) {
        notes.add(
            Text.format(
                "%s and %s were tested on different scans; a difference may be that of the scans",
                runs.getFirst().run(), run.run()));
      }
    }
    if (!article.isEmpty()) {
      notes.add(
          "the article split by image: 92 % of such test images are of patients that were trained on");
    }
    return notes;
  }
}
