package io.octnet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.split.Part;
import io.octnet.split.Split;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void countsEachPartByItself() {
    List<Scan> scans = List.of(scan("a", 0), scan("b", 1), scan("c", 1), scan("d", 2));
    Catalogue catalogue =
        new Catalogue(Path.of("x"), List.of("CNV", "DME", "NORMAL"), scans, List.of());
    Split split =
        new Split(
            catalogue,
            List.of(Part.TEST, Part.TEST, Part.TEST, Part.TRAIN),
            Split.Rule.PATIENT,
            List.of());
    float[][] p = {{0.5f, 0.25f, 0.25f}, {0.25f, 0.5f, 0.25f}, {1, 0, 0}, {0, 0, 1}};

    List<Scores> scores = Scores.of(new Predictions(split, p));

    assertThat(scores).extracting(Scores::part).containsExactly(Part.TRAIN, Part.TEST);
    assertThat(scores.getFirst().logLoss()).isZero();
    assertThat(scores.getFirst().f1Macro()).isCloseTo(1 / 3.0, within(1e-12));
    Scores test = scores.getLast();
    assertThat(test.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(test.logLoss()).isCloseTo((2 * Math.log(2) - Math.log(1e-15)) / 3, within(1e-12));
    assertThat(test.f1Macro()).isCloseTo((2 / 3.0 + 2 / 3.0 + 0) / 3, within(1e-12));
    assertThat(Scores.table(scores)).contains("test              3", "0.6667").hasLineCount(3);
  }

  private static Scan scan(String file, int label) {
    return new Scan(file, label, file, 1, 1, file, file);
  }
}
