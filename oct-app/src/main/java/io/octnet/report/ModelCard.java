package io.octnet.report;

import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.Referral;
import io.octnet.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code model-card.md}: what the model is, what it is for and what not (Mitchell et al., 2019).
 */
final class ModelCard {
  private final RunResult result;
  private final StringBuilder text = new StringBuilder();

  private ModelCard(RunResult result) {
    this.result = result;
  }

  /** The text of the file. */
  static String of(RunResult result) {
    ModelCard card = new ModelCard(result);
    card.model();
    card.use();
    card.data();
    card.scores();
    card.limits();
    card.again();
    return card.text.toString();
  }

  /** Markup, with values that are no markup whatever they hold: names come from outside. */
  private void line(String markup, Object... values) {
    Object[] plain =
        Stream.of(values)
            .map(value -> value instanceof Number ? value : plain(String.valueOf(value)))
            .toArray();
    text.append(String.format(Locale.ROOT, markup, plain)).append('\n');
  }

  private void model() {
    Verdict verdict = Verdict.of(result);
    line("# Model card: %s, %s", result.model(), result.run().path().getFileName());
    line("");
    if (!verdict.stamps().isEmpty()) {
      line("**%s**", String.join(", ", verdict.stamps()));
      line("");
    }
    line("%s (%s).", verdict.headline(), verdict.basis());
    verdict.remarks().forEach(remark -> line("%s", remark));
    line("");
    line("## The model");
    line("");
    line(
        "A convolutional network, %s, with %,d parameters, %,d of them trained; images of %s x %s pixels, preprocessing %s.",
        result.model(),
        result.metrics().subject().parameters(),
        result.metrics().subject().trainableParameters(),
        result.config().get("image-size"),
        result.config().get("image-size"),
        result.config().get("preprocess"));
    line(
        "It says for one OCT B-scan how likely each of these is: %s. Its weights: `best.h5`, Keras's layout.",
        String.join(", ", result.classes()));
    line("");
  }

  private void use() {
    line("## What it is for");
    line("");
    line("Research and teaching: how such networks learn, how they fail, and how to measure them.");
    line("");
    line("## What it is not for");
    line("");
    for (String not :
        List.of(
            "It is no medical device. Nobody may be treated, or not treated, because of what it says.",
            "It knows no findings but its classes: a scan with another disease gets one of them all the same.",
            "It has seen single B-scans of one source; other cameras, other scan patterns, other populations are not covered by its scores.",
            "It does not notice a scan of poor quality, nor a picture that is no scan.",
            "Its probabilities are those of a set with these shares of classes, not of a practice.")) {
      line("- %s", not);
    }
    line("");
  }

  private void data() {
    line("## Data");
    line("");
    result.notes().forEach(note -> line("- %s", note));
    line(
        "- split by %s; the files of each part with their SHA-256 are in `split.csv`",
        result.metrics().subject().split());
    line("");
  }

  private void scores() {
    line("## Scores");
    line("");
    line("| | scans | patients | log-loss | accuracy (95 %%) | F1-macro (95 %%) |");
    line("|---|---|---|---|---|---|");
    result
        .metrics()
        .evaluation()
        .parts()
        .forEach(
            (part, m) ->
                line(
                    "| %s | %d | %d | %s | %s | %s |",
                    part,
                    m.images(),
                    m.patients(),
                    Page.number(m.logLoss()),
                    with(m.accuracy(), m.ci95().get("accuracy")),
                    with(m.f1Macro(), m.ci95().get("f1_macro"))));
    line("");
    line("On %s, by class:", result.judgedBy());
    line("");
    line("| class | precision | recall | F1 | scans |");
    line("|---|---|---|---|---|");
    result
        .judged()
        .perClass()
        .forEach(
            (name, c) ->
                line(
                    "| %s | %s | %s | %s | %d |",
                    name,
                    Page.number(c.precision()),
                    Page.number(c.recall()),
                    Page.number(c.f1()),
                    c.support()));
    line("");
    calibration(result.judged());
  }

  private void calibration(Metrics m) {
    line(
        "Calibration: expected error %s, after temperature %s (fitted on validation) %s.",
        Page.number(m.ece()), Page.number(m.temperature()), Page.number(m.eceAfterTemperature()));
    Referral referral = m.referral();
    if (referral != null && referral.threshold() != null) {
      line(
          "Referral of CNV or DME: sensitivity %s at specificity %s (threshold %.3f, chosen on validation).",
          with(referral.sensitivity(), m.ci95().get("referral_sensitivity")),
          with(referral.specificity(), m.ci95().get("referral_specificity")),
          referral.threshold());
    }
    line("");
  }

  private void limits() {
    line("## Limits");
    line("");
    line(
        "- Intervals come from drawing patients anew; they do not cover another hospital's scans.");
    line("- Grad-CAM in `report.html` shows where the network looked, not why, and may mislead.");
    line("- Whether size or border alone tell the class in these data: see `audit`.");
    line("");
  }

  private void again() {
    line("## How it was made");
    line("");
    line("`train --config config.yaml`, %d epochs.", result.history().epochs().size());
    line("octnet %s; the machine is in `environment.json`.", result.environment().get("octnet"));
    line("`verify` checks every file of the run against `checksums.txt`.");
  }

  private static String with(Double value, double[] interval) {
    return interval == null
        ? Page.number(value)
        : Text.format(
            "%s (%s to %s)",
            Page.number(value), Page.number(interval[0]), Page.number(interval[1]));
  }

  private static String plain(String text) {
    return Text.visible(text).replaceAll("([\\\\`*_\\[\\]<>#!|&~])", "\\\\$1");
  }
}
