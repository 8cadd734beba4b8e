package io.octnet.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.Scan;
import io.octnet.images.Raster8;
import io.octnet.split.Fractions;
import io.octnet.split.Leaks;
import io.octnet.split.Part;
import io.octnet.split.Splitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticSetTest {
  @TempDir private Path folder;

  @Test
  void theSetIsReadLikeARealOneAndSplitsByPatient() {
    new SyntheticSet(30, 32, 1).write(folder, 2);
    Catalogue catalogue = CatalogueReader.read(folder, CatalogueOptions.DEFAULT);
    assertThat(catalogue.classes()).containsExactly("CNV", "DME", "DRUSEN", "NORMAL");
    assertThat(catalogue.countByClass()).containsOnly(30);
    assertThat(catalogue.leftOut()).isEmpty();
    assertThat(catalogue.patientsKnown()).isTrue();
    assertThat(catalogue.patients()).isEqualTo(40);
    Set<String> pixels = new HashSet<>();
    catalogue.scans().forEach(scan -> pixels.add(scan.pixelHash()));
    assertThat(pixels).hasSize(120);
    var split = Splitter.byPatient(catalogue, Fractions.ARTICLE, 42);
    assertThat(Leaks.of(split).leaky()).isFalse();
    assertThat(split.countByClass(Part.TEST)).doesNotContain(0);
  }

  @Test
  void theSeedDecidesEveryPixelAndThreadsNone() {
    new SyntheticSet(4, 40, 7).write(folder.resolve("one"), 1);
    new SyntheticSet(4, 40, 7).write(folder.resolve("three"), 3);
    new SyntheticSet(4, 40, 8).write(folder.resolve("other"), 3);
    assertThat(hashes("one")).isEqualTo(hashes("three"));
    assertThat(hashes("one")).isNotEqualTo(hashes("other"));
  }

  private List<String> hashes(String name) {
    return CatalogueReader.read(folder.resolve(name), CatalogueOptions.DEFAULT).scans().stream()
        .map(Scan::pixelHash)
        .toList();
  }

  @Test
  void someScansAreWideAndSomeHaveWhiteWedgesInEveryClass() {
    for (Finding finding : Finding.values()) {
      int wide = 0;
      int white = 0;
      for (int patient = 0; patient < 60; patient++) {
        Raster8 scan = Phantom.of(finding, patient, 3).scan(1, 24);
        wide += scan.width() > 30 ? 1 : 0;
        white += scan.sample(0, 0, 0) == 255 || scan.sample(scan.width() - 1, 23, 0) == 255 ? 1 : 0;
      }
      assertThat(wide).as("wide %s", finding).isBetween(3, 25);
      assertThat(white).as("white %s", finding).isBetween(10, 45);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsAUserError() throws Exception {
    Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new SyntheticSet(1, 32, 1).write(folder.resolve("file"), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot write synthetic scans");
  }
}
