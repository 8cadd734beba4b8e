package io.octnet.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.Origin;
import io.octnet.catalogue.Scan;
import io.octnet.images.ScanFacts;
import io.octnet.images.ScanRef;
import io.octnet.testing.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  @Test
  void everyPartOfTheSampleHasEveryClassForEverySeed() {
    Catalogue sample = CatalogueReader.read(Golden.shared("oct-sample"), CatalogueOptions.DEFAULT);
    for (int seed = 1; seed <= 20; seed++) {
      Split split = Splitter.byPatient(sample, Fractions.ARTICLE, seed);
      assertThat(split.notes()).isEmpty();
      assertThat(Leaks.of(split).patients()).isEmpty();
      int[] train = split.countByClass(Part.TRAIN);
      int[] validation = split.countByClass(Part.VALIDATION);
      int[] test = split.countByClass(Part.TEST);
      for (int c = 0; c < 4; c++) {
        assertThat(train[c]).as("train, seed %d", seed).isBetween(115, 175);
        assertThat(validation[c]).as("validation, seed %d", seed).isBetween(8, 55);
        assertThat(test[c]).as("test, seed %d", seed).isBetween(10, 60);
      }
    }
  }

  @Property(tries = 40)
  void anOldPatientNeverChangesSidesWhenPatientsAndFilesAreAdded(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 90, max = 180) int before,
      @ForAll @IntRange(min = 1, max = 200) int added) {
    Catalogue old = catalogue(before, 2, 3);
    Catalogue larger = catalogue(before + added, 3, 3);
    Split oldSplit = Splitter.byPatient(old, Fractions.ARTICLE, seed);
    Assume.that(oldSplit.notes().isEmpty()); // none had to be moved
    Map<String, Part> oldParts = partOfPatient(oldSplit);
    Map<String, Part> newParts = partOfPatient(Splitter.byPatient(larger, Fractions.ARTICLE, seed));
    assertThat(newParts).hasSize(before + added).containsAllEntriesOf(oldParts);
  }

  @Test
  void sharesAreMetOnAverage() {
    Catalogue catalogue = catalogue(4000, 1, 4);
    Split split = Splitter.byPatient(catalogue, Fractions.ARTICLE, 42);
    assertThat(split.indices(Part.TRAIN).length / 4000.0).isBetween(0.70, 0.745);
    assertThat(split.indices(Part.VALIDATION).length / 4000.0).isBetween(0.11, 0.145);
    assertThat(split.indices(Part.TEST).length / 4000.0).isBetween(0.13, 0.17);
  }

  @Test
  void aPatientInSeveralClassesGoesWhollyToOnePart() {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      scans.add(scan(i, i % 3, "p" + i / 5));
    }
    Split split = Splitter.byPatient(catalogue(scans, 3), Fractions.ARTICLE, 1);
    Map<String, Set<Part>> parts = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      parts.computeIfAbsent("p" + i / 5, p -> EnumSet.noneOf(Part.class)).add(split.parts().get(i));
    }
    assertThat(parts.values()).allMatch(set -> set.size() == 1);
    assertThat(Leaks.of(split).leaky()).isFalse();
  }

  @Property(tries = 60)
  void everyPartHasEveryClassHoweverFewPatientsThereAre(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 3, max = 12) int perClass) {
    Split split = Splitter.byPatient(catalogue(4 * perClass, 2, 4), Fractions.ARTICLE, seed);
    for (Part part : Part.values()) {
      assertThat(split.countByClass(part)).doesNotContain(0);
    }
    assertThat(Leaks.of(split).leaky()).isFalse();
  }

  @Test
  void movedPatientsAreSaid() {
    assertThat(Splitter.byPatient(catalogue(12, 2, 4), Fractions.ARTICLE, 1).notes())
        .singleElement()
        .asString()
        .contains("patients were moved so that every part has every class");
  }

  @Test
  void tooFewPatientsAreAnErrorThatNamesTheClass() {
    assertThatThrownBy(() -> Splitter.byPatient(catalogue(8, 5, 4), Fractions.ARTICLE, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("class A has 2 patients", "at least 3", "--split image");
    assertThatThrownBy(() -> Splitter.byImage(catalogue(8, 1, 4), Fractions.ARTICLE, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("class A has 2 images");
  }

  @Test
  void imagesOfUnknownPatientsAreSplitOneByOneAndDuplicatesTogether() {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      scans.add(scan("A/" + i, i % 2, "", "sha" + i, "pixels" + i / 4));
    }
    Split split = Splitter.byPatient(catalogue(scans, 2), Fractions.ARTICLE, 5);
    assertThat(split.notes()).singleElement().asString().contains("400 of 400 images");
    assertThat(Leaks.of(split).leaky()).isFalse();
    assertThat(split.indices(Part.TEST)).hasSizeBetween(20, 110);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void byImageKeepsTheSharesOfEveryClassExactly(int seed) {
    Split split = Splitter.byImage(catalogue(400, 10, 4), Fractions.ARTICLE, seed);
    assertThat(split.countByClass(Part.TEST)).containsOnly(150);
    assertThat(split.countByClass(Part.VALIDATION)).containsAnyOf(127, 128);
    assertThat(split.countByClass(Part.TRAIN)).containsAnyOf(722, 723);
    assertThat(split.rule()).isEqualTo(Split.Rule.IMAGE);
    assertThat(Leaks.of(split).leaky()).isTrue();
    assertThat(Leaks.of(split).lines().getFirst()).contains("patients have images in more than");
  }

  @Test
  void exactDuplicatesOnTwoSidesAreALeak() {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      scans.add(scan("A/" + i, i % 2, "p" + i, "sha" + i, "pixels" + i % 100));
    }
    Split split = Splitter.byPatient(catalogue(scans, 2), Fractions.ARTICLE, 5);
    Leaks leaks = Leaks.of(split);
    assertThat(leaks.leaky()).isTrue();
    assertThat(leaks.patients()).isEmpty();
    assertThat(leaks.duplicates()).hasSizeBetween(10, 80).allMatch(files -> files.size() == 2);

    Split clean = Leaks.withoutDuplicates(split);
    assertThat(Leaks.of(clean).leaky()).isFalse();
    assertThat(clean.indices(Part.TEST)).hasSameSizeAs(split.indices(Part.TEST));
    assertThat(clean.catalogue().size()).isEqualTo(200 - leaks.duplicates().size());
    assertThat(clean.notes()).singleElement().asString().contains("images are left out");
    assertThat(Leaks.withoutDuplicates(clean)).isSameAs(clean);
  }

  @Test
  void theArticlesFractionsAreReadAsTheirTrainShareIsTheRest() {
    Fractions fractions = Fractions.parse("0.725, 0.1275,0.15");
    assertThat(fractions).isEqualTo(Fractions.ARTICLE);
    assertThat(fractions.train()).isEqualTo(0.7225);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0.7,0.3", "0.5,0.1,0.1", "a,b,c", "0.9,0.1,0", "-0.1,0.5,0.6", "0,0.5,0.5", "''"})
  void otherFractionsAreAUsageError(String text) {
    assertThatThrownBy(() -> Fractions.parse(text))
        .isInstanceOf(UserException.class)
        .extracting("exitCode")
        .isEqualTo(2);
  }

  /** Patients of one class each, dealt out to the classes in turn. */
  private static Catalogue catalogue(int patients, int perPatient, int classes) {
    List<Scan> scans = new ArrayList<>();
    for (int p = 0; p < patients; p++) {
      for (int n = 0; n < perPatient; n++) {
        scans.add(scan(scans.size(), p % classes, "p" + p));
      }
    }
    return catalogue(scans, classes);
  }

  private static Scan scan(int number, int label, String patient) {
    return scan("F/" + number, label, patient, "sha" + number, "pixels" + patient + number);
  }

  private static Scan scan(String file, int label, String patient, String sha, String pixels) {
    ScanRef at = ScanRef.of(Path.of("/data", file));
    return new Scan(file, label, new ScanFacts(patient, "", ""), "", at, 8, 8, sha, pixels);
  }

  private static Catalogue catalogue(List<Scan> scans, int classes) {
    List<String> names = List.of("A", "B", "C", "D").subList(0, classes);
    return new Catalogue(
        Path.of("/data"), names, scans, List.of(), new Origin("", List.of(), "", null));
  }

  private static Map<String, Part> partOfPatient(Split split) {
    Map<String, Part> parts = new HashMap<>();
    for (int i = 0; i < split.parts().size(); i++) {
      parts.put(split.catalogue().scans().get(i).patient(), split.parts().get(i));
    }
    return parts;
  }
}
