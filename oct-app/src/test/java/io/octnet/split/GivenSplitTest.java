package io.octnet.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.DataFolder;
import io.octnet.catalogue.Scan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenSplitTest {
  @TempDir private Path root;

  private static Split split(Catalogue catalogue, Split.Rule rule) {
    return new SplitChoice(rule, null, Fractions.ARTICLE, 1).of(catalogue);
  }

  /** As many patients as two classes of a split by patient want; patient 3 lies in two parts. */
  private Catalogue leakyParts() {
    DataFolder data = new DataFolder(root);
    for (String c : new String[] {"A", "B"}) {
      int first = c.equals("A") ? 1 : 21;
      for (int p = first; p < first + 9; p++) {
        data.image("train/" + c + "/" + c + "-" + p + "-1.png");
      }
      data.image("test/" + c + "/" + c + "-" + (first + 2) + "-2.png");
      data.image("test/" + c + "/" + c + "-" + (first + 10) + "-1.png");
      data.image("val/" + c + "/" + c + "-" + (first + 11) + "-1.png");
    }
    return data.read();
  }

  @Test
  void partsArePooledAndTheirLeakIsTold() {
    Split split = split(leakyParts(), Split.Rule.PATIENT);
    assertThat(split.catalogue().size()).isEqualTo(24);
    assertThat(Leaks.of(split).leaky()).isFalse();
    assertThat(split.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("as given leak", "2 patients have images in more than one part"));
  }

  @Test
  void givenPartsAreKeptAndTheirLeakStays() {
    Split split = split(leakyParts(), Split.Rule.GIVEN);
    assertThat(split.indices(Part.TRAIN)).hasSize(18);
    assertThat(split.indices(Part.VALIDATION)).hasSize(2);
    assertThat(split.indices(Part.TEST)).hasSize(4);
    assertThat(Leaks.of(split).patients()).containsExactly("23", "3");
  }

  @Test
  void patientsOfTrainValidateWhereNoPartDoes() {
    DataFolder data = new DataFolder(root);
    for (int p = 1; p <= 30; p++) {
      data.image("train/A/A-" + p + "-1.png").image("train/A/A-" + p + "-2.png");
      data.image("train/B/B-" + (100 + p) + "-1.png");
    }
    data.image("test/A/A-90-1.png").image("test/B/B-91-1.png");
    Split split = split(data.read(), Split.Rule.GIVEN);
    assertThat(split.indices(Part.VALIDATION).length).isBetween(4, 40);
    assertThat(split.indices(Part.TEST)).hasSize(2);
    assertThat(Leaks.of(split).leaky()).isFalse();
    assertThat(split.notes()).anyMatch(note -> note.contains("drawn"));
  }

  @Test
  void dataWithoutPartsCannotBeSplitAsGiven() {
    Catalogue catalogue = new DataFolder(root).patients("A", 1, 3, 1).patients("B", 4, 6, 1).read();
    assertThatThrownBy(() -> split(catalogue, Split.Rule.GIVEN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gives no parts");
  }

  @Test
  void aPatternThatFitsTheNamesIsProposed() {
    Catalogue catalogue =
        new DataFolder(root)
            .image("AMD/amd_1047099_1.png")
            .image("AMD/amd_1047099_2.png")
            .image("NO/no_1234_1.png")
            .read();
    assertThat(catalogue.scans()).extracting(Scan::patient).containsOnly("");
    assertThat(catalogue.lines())
        .containsExactly(
            "layout: a folder a class",
            "patients unknown: the names would fit --patient-regex"
                + " '^[A-Za-z]+[-_ ]([0-9]+)[-_ ][0-9]+\\.': 2 patients; look whether they are ones");
  }
}
