package io.octnet.comparison;

import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.MetricsJson;
import io.octnet.runs.History;
import io.octnet.runs.RunFolder;
import io.octnet.split.Part;
import io.octnet.split.SplitCsv;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is compared of a run.
 *
 * @param split rule of the split: patient, image or file
 * @param epochs that it was trained
 * @param seconds that they took
 * @param parts scores of train, validation and test, as far as there are images
 * @param testFiles SHA-256 of its test scans: whether two runs were asked the same questions
 */
public record ComparedRun(
    String run,
    String model,
    String split,
    boolean leaky,
    long parameters,
    long trainableParameters,
    int epochs,
    double seconds,
    Map<String, Metrics> parts,
    Set<String> testFiles) {

  /**
   * Reads a run that has ended.
   *
   * @throws io.octnet.UserException when it has not, or a file is damaged
   */
  public static ComparedRun read(RunFolder folder) {
    MetricsJson.Recorded recorded = MetricsJson.read(folder.file(RunFolder.METRICS));
    History history = History.read(folder.file(RunFolder.HISTORY));
    Set<String> tested = new TreeSet<>();
    for (SplitCsv.Row row : SplitCsv.rows(folder.file(RunFolder.SPLIT))) {
      if (row.part() == Part.TEST) {
        tested.add(row.sha256());
      }
    }
    MetricsJson.Subject subject = recorded.subject();
    return new ComparedRun(
        folder.toString(),
        subject.model(),
        subject.split(),
        subject.leaky(),
        subject.parameters(),
        subject.trainableParameters(),
        history.epochs().size(),
        history.seconds(),
        recorded.evaluation().parts(),
        tested);
  }
}
