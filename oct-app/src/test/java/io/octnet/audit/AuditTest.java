package io.octnet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.DataFolder;
import io.octnet.images.ImageDecoder;
import io.octnet.images.Interpolation;
import io.octnet.images.Pictures;
import io.octnet.images.PixelCache;
import io.octnet.images.Raster8;
import io.octnet.layouts.LeftOut;
import io.octnet.synthetic.Finding;
import io.octnet.synthetic.Phantom;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.testing.Golden;
import io.octnet.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flaws planted into a set of phantoms, and a real set without them. */
class AuditTest {
  private static final int HEIGHT = 192;

  @TempDir private static Path root;
  private static Audit audit;
  private static List<String> originals;

  @BeforeAll
  static void plant() throws Exception {
    new SyntheticSet(18, HEIGHT, 5).write(root, 2);
    try (Stream<Path> files = Files.list(root.resolve("CNV"))) {
      originals =
          files.map(p -> p.getFileName().toString()).filter(n -> narrow(n)).sorted().toList();
    }
    DataFolder data = new DataFolder(root);
    // exact duplicates: under another name, in another class, stored in another format
    data.file("CNV/CNV-9001-1.png", bytes(0));
    data.file("DME/DME-9002-1.png", bytes(1));
    data.file("CNV/CNV-9003-1.bmp", Pictures.encode(raster(2), "bmp"));
    // near duplicates
    data.file("CNV/CNV-9011-1.jpeg", Pictures.jpeg(raster(3), 0.5f, false));
    data.file("CNV/CNV-9012-1.png", Pictures.encode(cropped(raster(4), 3), "png"));
    data.file("CNV/CNV-9013-1.png", Pictures.encode(brightened(raster(5)), "png"));
    Raster8 scaled = Interpolation.LINEAR.resize(raster(6), HEIGHT * 4 / 5, HEIGHT * 4 / 5);
    data.file("DME/DME-9014-1.png", Pictures.encode(scaled, "png"));
    data.file("CNV/CNV-9015-1.png", Pictures.encode(mirrored(raster(7)), "png"));
    // patients in two classes
    data.file("DRUSEN/DRUSEN-1000-77.png", noise(HEIGHT, 1));
    data.file("DME/DME-3001-78.png", noise(HEIGHT, 2));
    // damaged files
    data.text("CNV/CNV-9021-1.jpeg", "not an image");
    data.text("DME/DME-9022-1.png", "");
    byte[] jpeg = Pictures.encode(raster(8), "jpeg");
    data.file("DRUSEN/DRUSEN-9023-1.jpeg", Arrays.copyOf(jpeg, jpeg.length / 2));
    data.file("NORMAL/NORMAL-9024-1.bmp", Arrays.copyOf(bytes(0), 100));
    // odd files and images
    data.text("CNV/notes.txt", "not an image");
    data.file(
        "DRUSEN/DRUSEN-9031-1.png", Pictures.encode(Pictures.color(HEIGHT, HEIGHT, 4), "png"));
    byte[] white = new byte[50 * 50];
    Arrays.fill(white, (byte) 250);
    data.file("NORMAL/NORMAL-9032-1.png", Pictures.encode(new Raster8(50, 50, 1, white), "png"));
    data.file("NORMAL/NORMAL-9033-1.png", Pictures.encode(Pictures.gray(300, 60, 3), "png"));
    // a class told by its width
    for (int i = 0; i < 30; i++) {
      Raster8 scan = Phantom.of(Finding.NORMAL, 5000 + i, 6).scan(1, HEIGHT);
      Raster8 wide = Interpolation.LINEAR.resize(scan, 3 * HEIGHT, HEIGHT);
      data.file(Text.format("WIDE/WIDE-%d-1.png", 5000 + i), Pictures.encode(wide, "png"));
    }
    audit = audit(root, 2);
  }

  private static boolean narrow(String name) {
    try {
      Raster8 raster = ImageDecoder.decode(Files.readAllBytes(root.resolve("CNV/" + name)));
      return raster.width() < 1.2 * HEIGHT;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Audit audit(Path folder, int threads) throws Exception {
    PixelCache.Loader thumbnails = Thumbnails.loader(1 << 28, root);
    Catalogue catalogue =
        CatalogueReader.read(
            folder, CatalogueOptions.DEFAULT, thumbnails, CatalogueReader.Progress.NONE);
    try (PixelCache cache = thumbnails.cache(catalogue.files())) {
      return Audit.of(catalogue, cache, threads);
    }
  }

  private static String original(int i) {
    return "CNV/" + originals.get(i);
  }

  private static byte[] bytes(int i) throws Exception {
    return Files.readAllBytes(root.resolve(original(i)));
  }

  private static Raster8 raster(int i) throws Exception {
    return ImageDecoder.decode(bytes(i));
  }

  private static Raster8 cropped(Raster8 r, int rim) {
    int width = r.width() - 2 * rim;
    int height = r.height() - 2 * rim;
    byte[] out = new byte[width * height];
    for (int i = 0; i < out.length; i++) {
      out[i] = r.bytes()[(i / width + rim) * r.width() + i % width + rim];
    }
    return new Raster8(width, height, 1, out);
  }

  private static Raster8 brightened(Raster8 r) {
    byte[] out = new byte[r.bytes().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.min(255, (r.bytes()[i] & 0xff) * 1.25 + 15);
    }
    return new Raster8(r.width(), r.height(), 1, out);
  }

  private static Raster8 mirrored(Raster8 r) {
    byte[] out = new byte[r.bytes().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = r.bytes()[i - i % r.width() + r.width() - 1 - i % r.width()];
    }
    return new Raster8(r.width(), r.height(), 1, out);
  }

  private static byte[] noise(int width, long seed) {
    return Pictures.encode(Pictures.gray(width, HEIGHT, 100 + seed), "png");
  }

  @Test
  void exactDuplicatesAreFoundByTheirPixels() {
    assertThat(audit.findings().exactDuplicates())
        .extracting(d -> String.join(" ", d.files()))
        .containsExactlyInAnyOrder(
            original(0) + " CNV/CNV-9001-1.png",
            original(1) + " DME/DME-9002-1.png",
            original(2) + " CNV/CNV-9003-1.bmp");
    assertThat(audit.findings().exactDuplicates())
        .filteredOn(Findings.ExactDuplicate::severalClasses)
        .singleElement()
        .satisfies(d -> assertThat(d.files()).contains("DME/DME-9002-1.png"));
    assertThat(audit.findings().exactDuplicates())
        .allMatch(Findings.ExactDuplicate::severalPatients);
  }

  @Test
  void nearDuplicatesAreFoundAndNothingElse() {
    assertThat(audit.nearDuplicates())
        .extracting(d -> d.first() + " " + d.second() + (d.mirrored() ? " mirrored" : ""))
        .containsExactlyInAnyOrder(
            original(3) + " CNV/CNV-9011-1.jpeg",
            original(4) + " CNV/CNV-9012-1.png",
            original(5) + " CNV/CNV-9013-1.png",
            original(6) + " DME/DME-9014-1.png",
            original(7) + " CNV/CNV-9015-1.png mirrored");
    assertThat(audit.nearDuplicates())
        .filteredOn(NearDuplicate::severalClasses)
        .singleElement()
        .satisfies(d -> assertThat(d.second()).isEqualTo("DME/DME-9014-1.png"));
  }

  @Test
  void patientsInSeveralClassesAreNamed() {
    assertThat(audit.findings().patientsInSeveralClasses())
        .extracting(p -> p.patient() + " " + p.images())
        .containsExactly("1000 {CNV=3, DRUSEN=1}", "3001 {DME=1, DRUSEN=3}");
  }

  @Test
  void damagedFilesAreNamedWithTheirReason() {
    assertThat(audit.findings().damaged())
        .extracting(l -> l.file() + " " + l.reason().split("[:,]| but")[0])
        .containsExactly(
            "CNV/CNV-9021-1.jpeg no JPEG",
            "DME/DME-9022-1.png empty file",
            "DRUSEN/DRUSEN-9023-1.jpeg damaged JPEG",
            "NORMAL/NORMAL-9024-1.bmp damaged PNG");
  }

  @Test
  void oddFilesAndImagesAreNamed() {
    assertThat(audit.findings().odd()).extracting(LeftOut::file).containsExactly("CNV/notes.txt");
    assertThat(audit.oddImages())
        .extracting(odd -> odd.file() + " " + odd.reason().split("[:,]")[0])
        .containsExactly(
            "DRUSEN/DRUSEN-9031-1.png in colour",
            "NORMAL/NORMAL-9032-1.png blank",
            "NORMAL/NORMAL-9033-1.png very long");
  }

  @Test
  void aClassToldByItsWidthIsAShortcut() {
    Shortcut size = audit.shortcuts().getFirst();
    assertThat(size.features()).isEqualTo("size");
    assertThat(size.suspicious()).isTrue();
    assertThat(size.chance()).isEqualTo(0.2);
    assertThat(size.classes())
        .filteredOn(Shortcut.ClassTold::suspicious)
        .singleElement()
        .satisfies(c -> assertThat(c.name()).isEqualTo("WIDE"))
        .satisfies(c -> assertThat(c.balancedAccuracy()).isEqualTo(1.0));
  }

  @Test
  void theTextNamesEveryFinding() {
    assertThat(AuditText.of(audit))
        .contains(
            "5 classes",
            original(0) + " = CNV/CNV-9001-1.png",
            "[in different classes: one is wrong]",
            "CNV/CNV-9015-1.png",
            ", mirrored",
            "1000: 3 CNV, 1 DRUSEN",
            "CNV/CNV-9021-1.jpeg: no JPEG, PNG, TIFF, BMP, GIF or WebP image but text",
            "A SHORTCUT: WIDE against the rest 100.0 %",
            "576 x 192");
    assertThat(AuditText.of(audit.findings(), 1)).contains("and 3 more").doesNotContain("SHORTCUT");
  }

  @Test
  void theJsonHasEveryFindingInSnakeCase() {
    JsonObject json = JsonParser.parseString(AuditJson.of(audit)).getAsJsonObject();
    assertThat(json.getAsJsonArray("near_duplicates")).hasSize(5);
    assertThat(json.getAsJsonArray("shortcuts")).hasSize(3);
    JsonObject findings = json.getAsJsonObject("findings");
    assertThat(findings.getAsJsonArray("exact_duplicates")).hasSize(3);
    assertThat(findings.getAsJsonArray("patients_in_several_classes")).hasSize(2);
    assertThat(findings.getAsJsonArray("damaged")).hasSize(4);
    assertThat(findings.get("images").getAsInt()).isEqualTo(4 * 18 + 3 + 5 + 2 + 3 + 30);
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    assertThat(audit(root, 1)).isEqualTo(audit);
  }

  @Test
  void thumbnailsOfOtherPicturesAreRefused() throws Exception {
    Catalogue catalogue = CatalogueReader.read(root, CatalogueOptions.DEFAULT);
    try (PixelCache none = Thumbnails.loader(0, root).cache(List.of())) {
      assertThatThrownBy(() -> Audit.of(catalogue, none, 1)).hasMessageContaining("a thumbnail of");
    }
  }

  @Test
  void theRealSampleHasNoDuplicatesButAShortcutByItsSize() throws Exception {
    Audit real = audit(Golden.shared("oct-sample"), 2);
    assertThat(real.nearDuplicates()).isEmpty();
    assertThat(real.oddImages()).isEmpty();
    assertThat(real.findings().exactDuplicates()).isEmpty();
    assertThat(real.findings().damaged()).isEmpty();
    assertThat(real.findings().patientsInSeveralClasses()).hasSize(19);
    assertThat(real.shortcuts().getFirst().classes())
        .filteredOn(Shortcut.ClassTold::suspicious)
        .extracting(Shortcut.ClassTold::name)
        .contains("DME");
  }
}
