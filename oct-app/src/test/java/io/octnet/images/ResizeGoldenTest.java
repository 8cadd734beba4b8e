package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.octnet.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Decoding and resizing against OpenCV's own pictures, bit for bit. */
class ResizeGoldenTest {
  @TestFactory
  Stream<DynamicTest> jpegsDecodeToTheBitsOfOpenCv() throws Exception {
    Path folder = Golden.folder("resize");
    Path scans = Golden.shared("oct-sample");
    return rows(folder)
        .filter(row -> !row[0].isEmpty())
        .map(row -> row[0] + "\t" + row[1])
        .distinct()
        .map(pair -> pair.split("\t"))
        .map(
            pair ->
                dynamicTest(
                    pair[0],
                    () ->
                        assertEqual(read(scans.resolve(pair[0])), read(folder.resolve(pair[1])))));
  }

  @TestFactory
  Stream<DynamicTest> resizingGivesTheBitsOfOpenCv() throws Exception {
    Path folder = Golden.folder("resize");
    return rows(folder)
        .map(
            row ->
                dynamicTest(
                    row[7],
                    () -> {
                      Raster8 source = read(folder.resolve(row[1]));
                      assertThat(source.width()).isEqualTo(Integer.parseInt(row[2]));
                      assertThat(source.height()).isEqualTo(Integer.parseInt(row[3]));
                      Raster8 resized =
                          Interpolation.valueOf(row[4].toUpperCase(Locale.ROOT))
                              .resize(source, Integer.parseInt(row[5]), Integer.parseInt(row[6]));
                      assertEqual(resized, read(folder.resolve(row[7])));
                    }));
  }

  private static Stream<String[]> rows(Path folder) throws Exception {
    return Files.readAllLines(folder.resolve("index.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1));
  }

  private static Raster8 read(Path file) throws Exception {
    return ImageDecoder.decode(Files.readAllBytes(file));
  }

  private static void assertEqual(Raster8 actual, Raster8 expected) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(actual.channels()).isEqualTo(expected.channels());
    assertThat(actual.bytes()).isEqualTo(expected.bytes());
  }
}
