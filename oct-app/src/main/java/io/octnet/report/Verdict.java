package io.octnet.report;

import io.octnet.evaluation.Metrics;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a reader should take home, in plain words.
 *
 * @param stamps LEAKY, PATIENTS UNKNOWN, PHANTOMS: what stands over every picture of the run
 * @param headline the one sentence
 * @param basis how sure that is, and of how many scans
 * @param remarks what puts it into proportion
 */
public record Verdict(List<String> stamps, String headline, String basis, List<String> remarks) {
  private static final int FEW = 200;

  /** Judges a run by its test scans. */
  public static Verdict of(RunResult result) {
    Metrics m = result.judged();
    double[] interval = m.ci95().get("accuracy");
    String headline =
        Text.format("Right in %s of 100 %s scans", hundred(m.accuracy()), result.judgedBy());
    String basis =
        Text.format(
            "95 %% interval %s to %s; %d scans of %d patients",
            hundred(interval[0]), hundred(interval[1]), m.images(), m.patients());
    return new Verdict(stamps(result), headline, basis, remarks(result, m, interval[0]));
  }

  private static List<String> stamps(RunResult result) {
    List<String> stamps = new ArrayList<>();
    if (result.leaky()) {
      stamps.add("LEAKY");
    }
    if (result.patientsUnknown()) {
      stamps.add("PATIENTS UNKNOWN");
    }
    if (result.phantoms()) {
      stamps.add("PHANTOMS");
    }
    return List.copyOf(stamps);
  }

  private static List<String> remarks(RunResult result, Metrics m, double low) {
    List<String> remarks = new ArrayList<>();
    if (result.leaky()) {
      remarks.add(
          "Patients or pictures lie on both sides of the split: it was asked about eyes that it"
              + " had been shown. On new patients it will do worse; how much worse, these numbers"
              + " cannot say.");
    }
    if (result.patientsUnknown()) {
      remarks.add(
          "Whose eyes these are is not known, so images of one patient may lie on both sides of"
              + " the split.");
    }
    if (!result.leaky() && !result.patientsUnknown()) {
      remarks.add("No patient and no picture lies on both sides of the split.");
    }
    if (result.phantoms()) {
      remarks.add("The images were drawn, not taken: this says nothing about eyes.");
    }
    int frequent = mostFrequent(m);
    double share = (double) support(m, frequent) / m.images();
    remarks.add(
        Text.format(
            low > share
                ? "That is better than always saying %s, which would be right in %s of 100."
                : "That cannot be told from always saying %s, which would be right in %s of 100.",
            result.classes().get(frequent),
            hundred(share)));
    if (m.images() < FEW) {
      remarks.add("The scans are few, hence the wide intervals.");
    }
    return List.copyOf(remarks);
  }

  private static int mostFrequent(Metrics m) {
    return IntStream.range(0, m.confusion().length)
        .boxed()
        .max((a, b) -> Integer.compare(support(m, a), support(m, b)))
        .orElseThrow();
  }

  private static int support(Metrics m, int label) {
    return IntStream.of(m.confusion()[label]).sum();
  }

  private static String hundred(double share) {
    return Text.format("%.0f", 100 * share);
  }
}
