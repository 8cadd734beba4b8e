package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.octnet.dicom.DicomBytes;
import io.octnet.testing.Golden;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomScanTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @TempDir Path folder;

  private static ScanFile golden(String name) throws Exception {
    return ScanFile.open(Golden.folder("dicom").resolve(name + ".dcm"));
  }

  private static byte[] samples(String name) throws Exception {
    byte[] npy = Files.readAllBytes(Golden.folder("dicom").resolve(name + ".dcm.npy"));
    return Arrays.copyOfRange(npy, 10 + (npy[8] & 0xff) + 256 * npy[9], npy.length);
  }

  private ScanFile open(byte[] bytes) throws Exception {
    return ScanFile.open(Files.write(folder.resolve("scan"), bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opt_volume_explicit",
        "opt_volume_implicit",
        "opt_volume_deflated",
        "opt_volume_rle",
        "opt_volume_jpeg"
      })
  void volumesOfEightBitsAreReadFrameByFrame(String name) throws Exception {
    byte[] expected = samples(name);
    try (ScanFile scan = golden(name)) {
      assertThat(scan.frames()).isEqualTo(5);
      for (int f = 0; f < 5; f++) {
        Raster8 raster = scan.read(f, BitDepth.BITS_16);
        assertThat(raster.width()).isEqualTo(128);
        assertThat(raster.height()).isEqualTo(96);
        assertThat(raster.channels()).isEqualTo(1);
        assertThat(raster.bytes())
            .isEqualTo(Arrays.copyOfRange(expected, f * 96 * 128, (f + 1) * 96 * 128));
      }
      assertThat(scan.largestSample(0)).isEmpty();
      assertThat(scan.facts().eye()).isEqualTo(name.endsWith("implicit") ? "left" : "right");
      assertThat(scan.facts().patient()).matches("[0-9a-f]{12,}").doesNotContain("P0");
      assertThat(scan.facts().volume()).isEmpty();
      assertThat(scan.sha256()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void twelveBitsFillTheGraysWithAndWithoutAWindow() throws Exception {
    for (String name : new String[] {"opt_12bit", "single_12bit_no_window"}) {
      byte[] expected = samples(name);
      try (ScanFile scan = golden(name)) {
        byte[] grays = scan.read(0, BitDepth.BITS_16).bytes();
        for (int i = 0; i < grays.length; i++) {
          int stored = expected[2 * i] & 0xff | (expected[2 * i + 1] & 0xff) << 8;
          // the window of the one: center 2048, width 4096; PS3.3, C.11.2.1.2.1
          double gray = name.startsWith("opt") ? stored * 255 / 4095.0 : stored >> 4;
          assertThat(grays[i] & 0xff).isEqualTo((int) Math.rint(gray));
        }
      }
    }
  }

  @Test
  void monochrome1IsInvertedAndColorsAreKept() throws Exception {
    byte[] inverted = samples("single_monochrome1");
    try (ScanFile scan = golden("single_monochrome1")) {
      byte[] grays = scan.read(0, BitDepth.BITS_16).bytes();
      for (int i = 0; i < grays.length; i++) {
        assertThat(grays[i] & 0xff).isEqualTo(255 - (inverted[i] & 0xff));
      }
    }
    try (ScanFile scan = golden("secondary_rgb")) {
      Raster8 raster = scan.read(0, BitDepth.BITS_16);
      Raster8 expected = new Raster8(128, 96, 3, samples("secondary_rgb"));
      assertThat(raster.bytes()).isEqualTo(expected.withoutEqualChannels().bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME2,false", "MONOCHROME2,true"})
  void functionalGroupsGiveWindowAndEyeAndIconsNothing(String photometric, boolean delimited)
      throws Exception {
    DicomBytes icon = new DicomBytes().image("RGB", 3, 1, 9, 9, 8, 8);
    icon.element(0x7FE00010, "OB", new byte[9 * 9 * 3]);
    DicomBytes groups =
        new DicomBytes()
            .sequence(0x00209071, new DicomBytes().text(0x00209072, "CS", "L"), delimited)
            .sequence(
                0x00289132,
                new DicomBytes().text(0x00281050, "DS", "100\\7").text(0x00281051, "DS", "11"),
                delimited);
    byte[] file =
        DicomBytes.file(EXPLICIT)
            .image(photometric, 1, 1, 1, 4, 8, 8)
            .sequence(0x00880200, icon, delimited)
            .sequence(0x52009229, groups, delimited)
            .element(0x7FE00010, "OB", new byte[] {94, 95, 100, 105})
            .bytes();
    try (ScanFile scan = open(file)) {
      assertThat(scan.facts().eye()).isEqualTo("left");
      byte[] grays = scan.read(0, BitDepth.BITS_16).bytes();
      assertThat(grays).containsExactly(0, 13, (byte) 140, (byte) 255);
    }
  }

  @Test
  void signedSamplesAreRescaledIntoTheirWindow() throws Exception {
    byte[] file =
        DicomBytes.file(EXPLICIT)
            .image("MONOCHROME2", 1, 1, 1, 3, 16, 16)
            .text(0x00281050, "DS", "0")
            .text(0x00281051, "DS", "200")
            .text(0x00281052, "DS", "10")
            .text(0x00281053, "DS", "2")
            .text(0x00281056, "CS", "LINEAR_EXACT")
            .element(0x7FE00010, "OW", new byte[] {-5, -1, -55, -1, 45, 0}) // -5, -55, 45
            .bytes();
    byte[] signed = replace(file, 0x0103, 1);
    try (ScanFile scan = open(signed)) {
      assertThat(scan.read(0, BitDepth.BITS_16).bytes()).containsExactly((byte) 128, 0, (byte) 255);
    }
  }

  private static byte[] replace(byte[] file, int element, int value) {
    byte[] needle = {0x28, 0, (byte) element, (byte) (element >> 8), 'U', 'S', 2, 0};
    byte[] changed = file.clone();
    for (int i = 0; i + 10 < file.length; i++) {
      if (Arrays.equals(file, i, i + 8, needle, 0, 8)) {
        changed[i + 8] = (byte) value;
      }
    }
    return changed;
  }

  @Test
  void planarAndYbrColorsBecomeRgb() throws Exception {
    byte[] planar =
        DicomBytes.file(EXPLICIT)
            .image("RGB", 3, 1, 1, 2, 8, 8)
            .number(0x00280006, 1)
            .element(0x7FE00010, "OB", new byte[] {1, 2, 3, 4, 5, 6})
            .bytes();
    try (ScanFile scan = open(planar)) {
      assertThat(scan.read(0, BitDepth.BITS_16).bytes()).containsExactly(1, 3, 5, 2, 4, 6);
    }
    byte[] ybr =
        DicomBytes.file(EXPLICIT)
            .image("YBR_FULL", 3, 1, 1, 2, 8, 8)
            .element(0x7FE00010, "OB", new byte[] {76, 85, (byte) 255, 50, -128, -128})
            .bytes();
    try (ScanFile scan = open(ybr)) {
      byte[] rgb = scan.read(0, BitDepth.BITS_16).bytes();
      assertThat(rgb[0] & 0xff).isBetween(253, 255);
      assertThat(rgb[1]).isBetween((byte) 0, (byte) 1);
      assertThat(Arrays.copyOfRange(rgb, 3, 6)).containsExactly(50, 50, 50);
    }
  }

  @Test
  void framesInSeveralFragmentsAreFoundByTheTable() throws Exception {
    byte[][] jpegs = new byte[2][];
    for (int i = 0; i < 2; i++) {
      byte[] jpeg = Pictures.jpeg(Pictures.gray(16, 16, i), 0.9f, false);
      jpegs[i] = Arrays.copyOf(jpeg, jpeg.length + jpeg.length % 2);
    }
    int half = jpegs[0].length / 4 * 2;
    byte[] first = Arrays.copyOf(jpegs[0], half);
    byte[] rest = Arrays.copyOfRange(jpegs[0], half, jpegs[0].length);
    byte[] table = new byte[8];
    System.arraycopy(DicomBytes.little(jpegs[0].length + 16, 4), 0, table, 4, 4);
    DicomBytes head =
        DicomBytes.file("1.2.840.10008.1.2.4.50").image("MONOCHROME2", 1, 2, 16, 16, 8, 8);
    try (ScanFile scan = open(head.fragments(table, first, rest, jpegs[1]).bytes())) {
      for (int i = 0; i < 2; i++) {
        assertThat(scan.read(i, BitDepth.BITS_16).bytes())
            .isEqualTo(ImageDecoder.decode(jpegs[i]).bytes());
      }
    }
  }

  @Test
  void singleFramesOfAnOctSeriesAreOneVolumeAndNothingIsInClear() throws Exception {
    byte[] file = DicomBytes.volume("Doe^Jane", "MRN-4711", "L", 1, 2, 2, new byte[4]);
    try (ScanFile scan = open(file)) {
      assertThat(scan.facts().volume()).isNotEmpty().doesNotContain("1.2.3.4");
      assertThat(scan.facts().toString()).doesNotContain("Doe").doesNotContain("4711");
      assertThat(scan.facts().eye()).isEqualTo("left");
    }
  }

  @Test
  void filesWithoutTheMagicAreReadByTheirEnding() throws Exception {
    byte[] whole = Files.readAllBytes(Golden.folder("dicom").resolve("opt_volume_implicit.dcm"));
    int from = 132 + 12 + (whole[140] & 0xff);
    Path bare = folder.resolve("bare.DCM");
    Files.write(bare, Arrays.copyOfRange(whole, from, whole.length));
    try (ScanFile scan = ScanFile.open(bare)) {
      assertThat(scan.frames()).isEqualTo(5);
    }
    Path nameless = Files.write(folder.resolve("IM00001"), whole);
    assertThat(ScanFile.isCandidate(nameless)).isTrue();
    Path other = Files.write(folder.resolve("README"), "x".getBytes(StandardCharsets.US_ASCII));
    assertThat(ScanFile.isCandidate(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_truncated", "bad_no_pixels", "bad_rows_60000", "bad_jpeg2000"})
  void whatCannotBeReadIsRefusedInLittleTimeAndMemory(String name) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    assertThatThrownBy(() -> golden(name)).isInstanceOf(UnreadableImageException.class);
    assertThat(threads.getCurrentThreadCpuTime() - cpu).isLessThan(1_000_000_000L);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(100L << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e2e", "fda", "img"})
  void closedFormatsAreRefusedByNameWithAWayOut(String ending) throws Exception {
    Path file = Files.write(folder.resolve("volume." + ending), new byte[200]);
    assertThat(ScanFile.isCandidate(file)).isTrue();
    assertThatThrownBy(() -> ScanFile.open(file))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("." + ending + " is not read")
        .hasMessageContaining("OCT-Converter");
  }
}
