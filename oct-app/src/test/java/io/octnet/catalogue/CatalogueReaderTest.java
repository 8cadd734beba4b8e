package io.octnet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.images.Pictures;
import io.octnet.images.PixelSink;
import io.octnet.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {
  @TempDir private Path root;

  @Test
  void entriesAreSortedAndCarrySizePatientAndHashes() {
    byte[] png = Pictures.encode(Pictures.gray(24, 16, 7), "png");
    byte[] bmp = Pictures.encode(Pictures.gray(24, 16, 7), "bmp");
    new DataFolder(root)
        .file("NORMAL/NORMAL-77-2.png", png)
        .file("CNV/CNV-12-10.bmp", bmp)
        .image("CNV/CNV-12-1.PNG")
        .image("CNV/scan without patient.png");
    Catalogue catalogue = read();
    assertThat(catalogue.classes()).containsExactly("CNV", "NORMAL");
    assertThat(catalogue.files())
        .containsExactly(
            "CNV/CNV-12-1.PNG",
            "CNV/CNV-12-10.bmp",
            "CNV/scan without patient.png",
            "NORMAL/NORMAL-77-2.png");
    assertThat(catalogue.scans()).extracting(Scan::patient).containsExactly("12", "12", "", "77");
    assertThat(catalogue.labels()).containsExactly(0, 0, 0, 1);
    Scan stored = catalogue.scans().get(1);
    Scan again = catalogue.scans().get(3);
    assertThat(stored.width()).isEqualTo(24);
    assertThat(stored.height()).isEqualTo(16);
    assertThat(stored.sha256()).hasSize(64).isNotEqualTo(again.sha256());
    assertThat(stored.pixelHash()).isEqualTo(again.pixelHash());
    assertThat(catalogue.patients()).isEqualTo(2);
    assertThat(catalogue.patientsKnown()).isFalse();
    assertThat(catalogue.scansWithoutPatient()).isEqualTo(1);
  }

  @Test
  void theSampleAgreesWithItsManifest() throws Exception {
    Path sample = Golden.shared("oct-sample");
    Catalogue catalogue = CatalogueReader.read(sample, CatalogueOptions.DEFAULT);
    assertThat(catalogue.leftOut()).isEmpty();
    List<String> rows =
        catalogue.scans().stream()
            .map(
                s ->
                    String.join(
                        "\t",
                        s.file(),
                        catalogue.className(s),
                        s.patient(),
                        s.width() + "x" + s.height(),
                        s.sha256()))
            .toList();
    List<String> manifest =
        Files.readAllLines(sample.resolve("manifest.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t"))
            .map(c -> String.join("\t", c[0], c[1], c[2], c[3] + "x" + c[4], c[6]))
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(manifest);
    assertThat(catalogue.patients()).isEqualTo(511);
  }

  @Test
  void whatCannotBeUsedIsListedWithItsReason() throws Exception {
    byte[] whole = Pictures.encode(Pictures.gray(61, 47, 5), "jpeg");
    new DataFolder(root)
        .patients("CNV", 1, 2, 1)
        .patients("NORMAL", 3, 4, 1)
        .text("CNV/CNV-5-1.jpeg", "I am text")
        .text("CNV/CNV-5-2.jpeg", "")
        .file("CNV/CNV-5-3.jpeg", Arrays.copyOf(whole, whole.length / 2))
        .text("CNV/notes.txt", "notes")
        .text("CNV/.DS_Store", "x")
        .image("CNV/deeper/CNV-6-1.png")
        .image("stray.png")
        .text("manifest.tsv", "not an image, not in a class folder: of no concern");
    Files.createSymbolicLink(root.resolve("CNV/broken.png"), root.resolve("nowhere"));
    Files.createSymbolicLink(root.resolve("CNV/loop"), root);
    Catalogue catalogue = read();
    assertThat(catalogue.classes()).containsExactly("CNV", "NORMAL");
    assertThat(catalogue.size()).isEqualTo(4);
    assertThat(catalogue.damaged()).isEqualTo(3);
    assertThat(catalogue.leftOut())
        .extracting(l -> l.file() + ": " + l.reason().replaceAll(" but.*|: .*", "")) // the gist
        .containsExactly(
            "CNV/CNV-5-1.jpeg: no JPEG, PNG, TIFF, BMP, GIF or WebP image",
            "CNV/CNV-5-2.jpeg: empty file",
            "CNV/CNV-5-3.jpeg: damaged JPEG",
            "CNV/broken.png: a link that leads nowhere; is its content fetched?",
            "CNV/deeper: a folder inside a class folder is not entered (1 images)",
            "CNV/loop: a link to a folder that it lies in",
            "CNV/notes.txt: not named like an image",
            "stray.png: an image outside the class folders");
  }

  @Test
  void aFolderThatCannotServeIsOneClearLine() {
    assertUserError(root.resolve("missing"), "no folder", "one sub-folder of images a class");
    new DataFolder(root).text("file.txt", "x");
    assertUserError(root.resolve("file.txt"), "is a file");
    assertUserError(root, "no images in");
    new DataFolder(root).image("CNV/CNV-1-1.png");
    assertUserError(root, "has 1 class folder (CNV)", "at least 2");
    new DataFolder(root).text("DME/DME-1-1.png", "x");
    assertUserError(root, "no readable image of DME in", "DME-1-1.png", "text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(0)", "+1", "-CNV", "@x", "\tx", "\rx", "C\u202eNV", "A\nB"})
  void aClassThatASpreadsheetRunsOrNobodySeesIsRefused(String name) {
    DataFolder data = new DataFolder(root).image(name + "/1-1.png").image("DME/DME-2-1.png");
    assertThatThrownBy(data::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the name of the class '" + name + "' ")
        .hasMessageContaining("rename it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(0)", "+1", "-5", "@x", "1\u202e2", "1\u009b"})
  void aPatientThatASpreadsheetRunsOrNobodySeesIsRefused(String name) {
    DataFolder data = new DataFolder(root).image("CNV/CNV-" + name + "-1.png");
    assertThatThrownBy(data.image("DME/DME-2-1.png")::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the name of the patient of CNV/CNV-" + name + "-1.png ");
  }

  @Test
  void aFolderOfOneClassIsReadWhereThatIsAllowed() {
    new DataFolder(root).image("CNV/CNV-1-1.png");
    Catalogue catalogue =
        CatalogueReader.read(root, CatalogueOptions.DEFAULT.withMinimumClasses(1));
    assertThat(catalogue.size()).isEqualTo(1);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    new DataFolder(root).patients("CNV", 1, 9, 2).patients("DME", 10, 17, 1);
    Catalogue one = CatalogueReader.read(root, CatalogueOptions.DEFAULT.withThreads(1));
    Catalogue seven = CatalogueReader.read(root, CatalogueOptions.DEFAULT.withThreads(7));
    assertThat(one).isEqualTo(seven);
  }

  @Test
  void everyReadablePictureReachesTheSinkOnce() {
    new DataFolder(root)
        .patients("CNV", 1, 3, 2)
        .patients("DME", 4, 6, 1)
        .text("CNV/CNV-9-1.png", "damaged");
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    PixelSink sink = (file, pixels) -> seen.merge(file, pixels.width(), Integer::sum);
    int[] last = new int[1];
    Catalogue catalogue =
        CatalogueReader.read(
            root, CatalogueOptions.DEFAULT.withThreads(1), sink, (done, total) -> last[0] = done);
    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(catalogue.files());
    assertThat(seen.values()).containsOnly(24);
    assertThat(last[0]).isEqualTo(10);
  }

  @Test
  void aLimitKeepsTheSharesOfTheClassesAndALargerOneContainsIt() {
    new DataFolder(root).patients("A", 1, 30, 1).patients("B", 31, 40, 1).patients("C", 41, 41, 1);
    Catalogue small =
        CatalogueReader.read(root, CatalogueOptions.DEFAULT.withLimit(13, 1).withThreads(1));
    Catalogue large = CatalogueReader.read(root, CatalogueOptions.DEFAULT.withLimit(23, 1));
    assertThat(small.countByClass()).containsExactly(8, 4, 1);
    assertThat(large.files()).containsAll(small.files());
    assertThat(CatalogueReader.read(root, CatalogueOptions.DEFAULT.withLimit(13, 2)).files())
        .hasSize(13)
        .isNotEqualTo(small.files());
    assertThat(CatalogueReader.read(root, CatalogueOptions.DEFAULT.withLimit(99, 1)).size())
        .isEqualTo(41);
    assertThatThrownBy(() -> CatalogueReader.read(root, CatalogueOptions.DEFAULT.withLimit(2, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--limit 2");
  }

  @ParameterizedTest
  @CsvSource({
    "CNV, CNV-1016042-3.jpeg, 1016042",
    "CNV, DME-7-3.png, 7",
    "AMD-WET, AMD-WET-p-12-3.tif, p-12",
    "CNV, CNV-12.jpeg, ''",
    "CNV, image_0001.jpeg, ''",
  })
  void thePatientIsReadFromTheUsualNames(String className, String name, String patient) {
    assertThat(PatientPattern.DEFAULT.patient(className, name)).isEqualTo(patient);
  }

  @Test
  void thePatientIsFoundByAPatternOfOnesOwn() {
    assertThat(PatientPattern.of("^P([0-9]+)_").patient("CNV", "P0042_left.png")).isEqualTo("0042");
    assertThat(PatientPattern.of("^(x)?(?<patient>[a-z]+)").patient("CNV", "xbob.png"))
        .isEqualTo("bob");
    assertThat(PatientPattern.of("^P([0-9]+)_").patient("CNV", "other.png")).isEmpty();
    assertThatThrownBy(() -> PatientPattern.of("P[0-9]+"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no group")
        .extracting("exitCode")
        .isEqualTo(2);
    assertThatThrownBy(() -> PatientPattern.of("P([0-9]+"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no regular expression");
  }

  private Catalogue read() {
    return CatalogueReader.read(root, CatalogueOptions.DEFAULT);
  }

  private static void assertUserError(Path folder, String... parts) {
    assertThatThrownBy(() -> CatalogueReader.read(folder, CatalogueOptions.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n")
        .extracting("exitCode")
        .isEqualTo(1);
  }
}
