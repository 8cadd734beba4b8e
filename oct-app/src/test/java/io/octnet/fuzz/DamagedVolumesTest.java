package io.octnet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.dicom.DicomBytes;
import io.octnet.images.BitDepth;
import io.octnet.images.HeidelbergVolumeTest;
import io.octnet.images.NpzTest;
import io.octnet.images.Pictures;
import io.octnet.images.Raster8;
import io.octnet.images.ScanFile;
import io.octnet.images.UnreadableImageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged files of several pictures: each is read, or refused for a reason of one line. */
class DamagedVolumesTest {
  private static final String PATIENT = "Mustermann";
  private static final List<byte[]> FILES =
      List.of(
          plain(16),
          implicit(),
          deflated(),
          rle(),
          jpeg(),
          NpzTest.file(),
          NpzTest.file(),
          HeidelbergVolumeTest.file(),
          Pictures.encode(Pictures.gray(61, 47, 6), "gif"));

  private static Path file;

  @BeforeContainer
  static void make() throws Exception {
    file = Files.createTempFile("octnet-damaged", ".dcm");
  }

  @AfterContainer
  static void clean() throws Exception {
    Files.deleteIfExists(file);
  }

  @Property(
      tries = 2000,
      seed = "4714",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedFileIsReadOrRefusedInOneLine(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    byte[] whole = FILES.get(random.nextInt(FILES.size()));
    byte[] damaged = Damage.binary(whole, random);
    if (random.nextBoolean() && damaged.length > 160) { // headers lie behind the preamble
      damaged[130 + random.nextInt(damaged.length - 130)] = (byte) random.nextInt(256);
    }
    Files.write(file, damaged);
    Watched.read(
        () -> {
          try (ScanFile scan = ScanFile.open(file)) {
            assertThat(scan.facts().toString()).doesNotContain(PATIENT);
            for (int f = 0; f < Math.min(20, scan.frames()); f++) {
              Raster8 raster = scan.read(f, BitDepth.BITS_16);
              assertThat(raster.bytes())
                  .hasSize(raster.width() * raster.height() * raster.channels());
            }
          } catch (UnreadableImageException e) {
            assertThat(e.getMessage())
                .isNotBlank()
                .doesNotContain("\n")
                .doesNotContain(PATIENT)
                .hasSizeLessThan(1000);
          }
        });
  }

  private static DicomBytes patient(DicomBytes file) {
    return file.text(0x00100010, "PN", PATIENT).text(0x00100020, "LO", PATIENT + "7");
  }

  private static byte[] plain(int bits) {
    DicomBytes window =
        new DicomBytes().text(0x00281050, "DS", "2048").text(0x00281051, "DS", "4096");
    return patient(DicomBytes.file("1.2.840.10008.1.2.1"))
        .image("MONOCHROME1", 1, 3, 9, 7, bits, 12)
        .sequence(0x52009229, new DicomBytes().sequence(0x00289132, window, true), false)
        .element(0x7FE00010, "OW", new byte[3 * 9 * 7 * bits / 8 + 1])
        .bytes();
  }

  /** The same elements, taken for implicit ones where they are read so. */
  private static byte[] implicit() {
    byte[] file = DicomBytes.file("1.2.840.10008.1.2").bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(file);
    int[][] numbers = {
      {0x0002, 1}, {0x0010, 4}, {0x0011, 5}, {0x0100, 8}, {0x0101, 8}, {0x0102, 7}, {0x0103, 0}
    };
    implicit(out, 0x00280004, "MONOCHROME2 ".getBytes(StandardCharsets.US_ASCII));
    for (int[] number : numbers) {
      implicit(out, 0x00280000 | number[0], DicomBytes.little(number[1], 2));
    }
    implicit(out, 0x7FE00010, new byte[20]);
    return out.toByteArray();
  }

  private static void implicit(ByteArrayOutputStream out, int tag, byte[] value) {
    out.writeBytes(DicomBytes.little(tag >>> 16 | tag << 16, 4));
    out.writeBytes(DicomBytes.little(value.length, 4));
    out.writeBytes(value);
  }

  private static byte[] deflated() {
    byte[] file = DicomBytes.file("1.2.840.10008.1.2.1.99").bytes();
    byte[] set =
        patient(new DicomBytes())
            .image("RGB", 3, 2, 9, 7, 8, 8)
            .element(0x7FE00010, "OB", new byte[2 * 9 * 7 * 3])
            .bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(file);
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true))) {
      deflater.write(set);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] rle() {
    byte[] frame = new byte[64 + 2];
    frame[0] = 1;
    frame[4] = 64;
    frame[64] = (byte) (1 - 63); // 63 equal bytes
    return patient(DicomBytes.file("1.2.840.10008.1.2.5"))
        .image("MONOCHROME2", 1, 2, 9, 7, 8, 8)
        .fragments(new byte[0], frame, frame)
        .bytes();
  }

  private static byte[] jpeg() {
    byte[] jpeg = Pictures.jpeg(Pictures.gray(16, 16, 1), 0.8f, false);
    byte[] even = Arrays.copyOf(jpeg, jpeg.length + jpeg.length % 2);
    return patient(DicomBytes.file("1.2.840.10008.1.2.4.50"))
        .image("MONOCHROME2", 1, 2, 16, 16, 8, 8)
        .fragments(new byte[8], even, even)
        .bytes();
  }
}
