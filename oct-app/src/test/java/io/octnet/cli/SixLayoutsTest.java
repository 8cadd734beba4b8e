package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.Scan;
import io.octnet.dicom.DicomBytes;
import io.octnet.images.ImageDecoder;
import io.octnet.images.Interpolation;
import io.octnet.images.Pseudonym;
import io.octnet.images.Raster8;
import io.octnet.images.Workers;
import io.octnet.prediction.Asked;
import io.octnet.prediction.FilePredictions;
import io.octnet.prediction.TrainedModel;
import io.octnet.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same real scans in six layouts: the same patients and classes, the same predictions. */
class SixLayoutsTest {
  private static final int SIZE = 32;
  private static final List<String> CLASSES = List.of("CNV", "DME", "DRUSEN", "NORMAL");

  /** Of the 800 scans; all of them with -Doctnet.layouts.scans=200. */
  private static final int PER_CLASS = Integer.getInteger("octnet.layouts.scans", 15);

  @TempDir static Path folder;

  private static final List<Source> scans = new ArrayList<>();
  private static Path run;
  private static List<String> expectedPatients;
  private static List<String> expectedPredictions;

  private record Source(Path file, String className, String patient) {
    String name() {
      return file.getFileName().toString();
    }

    Raster8 pixels() {
      try {
        return ImageDecoder.decode(Files.readAllBytes(file));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeAll
  static void trainOnClassFolders() throws IOException {
    Path sample = Golden.shared("oct-sample");
    Path data = folder.resolve("classes");
    for (String c : CLASSES) {
      try (Stream<Path> files = Files.list(sample.resolve(c))) {
        files
            .sorted()
            .limit(PER_CLASS)
            .forEach(f -> scans.add(new Source(f, c, f.getFileName().toString().split("-")[1])));
      }
    }
    for (Source scan : scans) {
      write(data.resolve(scan.className).resolve(scan.name()), Files.readAllBytes(scan.file));
    }
    Cli.Result trained =
        Cli.with(
            Map.of("OCTNET_FRACTIONS", "0.5,0.25,0.25"),
            "train",
            "--data",
            data,
            "--out",
            folder.resolve("runs"),
            "--epochs",
            1,
            "--image-size",
            SIZE);
    assertThat(trained.code()).as(trained.err()).isZero();
    run = folder.resolve("runs/train-cnn3-1");
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT);
    assertThat(catalogue.size()).isEqualTo(scans.size());
    expectedPatients = patients(catalogue, UnaryOperator.identity());
    expectedPredictions = predictions(catalogue);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Class and patient of each scan, in order of names. */
  private static List<String> patients(Catalogue catalogue, UnaryOperator<String> called) {
    return catalogue.scans().stream()
        .map(scan -> catalogue.className(scan) + " " + called.apply(scan.patient()))
        .sorted()
        .toList();
  }

  /** Class and probabilities of each scan, whatever their order. */
  private static List<String> predictions(Catalogue catalogue) {
    List<String> rows = new ArrayList<>();
    try (BackendOptions.InUse used = new BackendOptions().use()) {
      TrainedModel trained = TrainedModel.load(run, Asked.NOTHING);
      new FilePredictions(trained, Workers.all())
          .predict(
              catalogue.scans().stream().map(Scan::at).toList(),
              row -> {
                assertThat(row.error()).isNull();
                rows.add(Arrays.toString(row.probabilities()));
              });
    }
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, catalogue.className(catalogue.scans().get(i)) + rows.get(i));
    }
    return rows.stream().sorted().toList();
  }

  private static void assertSame(Catalogue catalogue) {
    assertThat(catalogue.classes()).isEqualTo(CLASSES);
    assertThat(catalogue.leftOut()).isEmpty();
    assertThat(predictions(catalogue)).isEqualTo(expectedPredictions);
  }

  @Test
  void partsWithClassFolders() throws IOException {
    Path data = folder.resolve("OCT2017 ");
    List<String> parts = List.of("train", "val", "test");
    for (int i = 0; i < scans.size(); i++) {
      Source scan = scans.get(i);
      Path file = data.resolve(parts.get(i % 3)).resolve(scan.className).resolve(scan.name());
      write(file, Files.readAllBytes(scan.file));
    }
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT);
    assertSame(catalogue);
    assertThat(patients(catalogue, UnaryOperator.identity())).isEqualTo(expectedPatients);
  }

  @Test
  void aFolderAPatient() throws IOException {
    Path data = folder.resolve("patients");
    for (int i = 0; i < scans.size(); i++) {
      Source scan = scans.get(i);
      Path patient = data.resolve(scan.className).resolve(scan.patient);
      write(patient.resolve("scan" + i + ".jpeg"), Files.readAllBytes(scan.file));
    }
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT);
    assertSame(catalogue);
    assertThat(patients(catalogue, UnaryOperator.identity())).isEqualTo(expectedPatients);
  }

  @Test
  void aTable() throws IOException {
    Path data = folder.resolve("table");
    StringBuilder table = new StringBuilder("patient_id,disease,file_name\n");
    for (int i = 0; i < scans.size(); i++) {
      Source scan = scans.get(i);
      write(data.resolve("pictures/p" + i + ".jpg"), Files.readAllBytes(scan.file));
      table.append(scan.patient + "," + scan.className + ",p" + i + "\n");
    }
    Path labels = data.resolve("labels.csv");
    Files.writeString(labels, table);
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT.withLabels(labels));
    assertSame(catalogue);
    assertThat(patients(catalogue, UnaryOperator.identity())).isEqualTo(expectedPatients);
  }

  @Test
  void dicom() throws IOException {
    Path data = folder.resolve("dicom");
    for (int i = 0; i < scans.size(); i++) {
      Source scan = scans.get(i);
      Raster8 pixels = scan.pixels();
      byte[] dicom =
          DicomBytes.file("1.2.840.10008.1.2.1")
              .text(0x00100010, "PN", "Doe^Jane" + scan.patient)
              .text(0x00100020, "LO", scan.patient)
              .image("MONOCHROME2", 1, 1, pixels.height(), pixels.width(), 8, 8)
              .element(0x7FE00010, "OB", pixels.bytes())
              .bytes();
      write(data.resolve(scan.className).resolve("IM" + i), dicom);
    }
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT);
    assertSame(catalogue);
    List<String> hashed =
        expectedPatients.stream()
            .map(line -> line.split(" "))
            .map(line -> line[0] + " " + Pseudonym.of(line[1]))
            .sorted()
            .toList();
    assertThat(patients(catalogue, UnaryOperator.identity())).isEqualTo(hashed);
  }

  @Test
  void anArchiveOfArraysWithoutPatients() throws IOException {
    Path data = folder.resolve("octmnist_" + SIZE + ".npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(data))) {
      List<String> parts = List.of("train", "val", "test");
      for (int p = 0; p < parts.size(); p++) {
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (int i = p; i < scans.size(); i += 3) {
          Raster8 small = Interpolation.LINEAR.resize(scans.get(i).pixels(), SIZE, SIZE);
          images.writeBytes(small.bytes());
          labels.write(CLASSES.indexOf(scans.get(i).className));
        }
        int n = labels.size();
        array(zip, parts.get(p) + "_images", n + ", " + SIZE + ", " + SIZE, images.toByteArray());
        array(zip, parts.get(p) + "_labels", n + ", 1", labels.toByteArray());
      }
    }
    Catalogue catalogue = CatalogueReader.read(data, CatalogueOptions.DEFAULT);
    assertSame(catalogue);
    assertThat(catalogue.patients()).isZero();
    Cli.Result split = Cli.run("split", "--data", data, "--split", "given");
    assertThat(split.code()).as(split.err()).isZero();
    assertThat(split.err())
        .contains(
            "layout: an archive of arrays, train 20, val 20, test 20, 32x32 pixels", "LEAKY: ");
  }

  private static void array(ZipOutputStream zip, String name, String shape, byte[] values)
      throws IOException {
    String header =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }".indent(0).strip();
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    zip.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) text.length)
            .array());
    zip.write(text);
    zip.write(values);
    zip.closeEntry();
  }

  @Test
  void convertedToClassFoldersTheyAreTheSameAgain() throws IOException {
    Path data = folder.resolve("to convert");
    for (int i = 0; i < scans.size(); i++) {
      Source scan = scans.get(i);
      Path patient = data.resolve(scan.className).resolve(scan.patient);
      write(patient.resolve("scan" + i + ".jpeg"), Files.readAllBytes(scan.file));
    }
    Path out = folder.resolve("converted");
    Cli.Result seen = Cli.run("data", data, "--out", out, "--dry-run");
    assertThat(seen.code()).as(seen.err()).isZero();
    assertThat(seen.out()).contains("layout: a folder a patient inside each class", "60 images");
    assertThat(out).doesNotExist();
    Cli.Result written = Cli.run("data", data, "--out", out);
    assertThat(written.code()).as(written.err()).isZero();
    Catalogue catalogue = CatalogueReader.read(out, CatalogueOptions.DEFAULT);
    assertSame(catalogue);
    assertThat(patients(catalogue, UnaryOperator.identity())).isEqualTo(expectedPatients);
    assertThat(catalogue.files()).allMatch(f -> f.matches("([A-Z]+)/\\1-[0-9]+-[0-9]+\\.png"));
    assertThat(Files.readAllLines(out.resolve("files.csv")))
        .hasSize(scans.size() + 1)
        .first()
        .isEqualTo("file,source,class,patient,eye,volume,part,sha256");
    Cli.Result again = Cli.run("data", data, "--out", out);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.complaint()).contains("is not empty; give another --out");
  }
}
