package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class HeidelbergVolumeTest {
  @TempDir Path folder;

  /** Two scans of 3 x 2 pixels, every header of another length than nothing. */
  public static byte[] file() {
    ByteBuffer file =
        ByteBuffer.allocate(2048 + 20 + 2 * (256 + 24)).order(ByteOrder.LITTLE_ENDIAN);
    file.put("HSF-OCT-103".getBytes(StandardCharsets.US_ASCII));
    file.putInt(12, 3).putInt(16, 2).putInt(20, 2).putInt(48, 5).putInt(52, 4).putInt(100, 256);
    file.put(84, "OD".getBytes(StandardCharsets.US_ASCII));
    file.put(140, "MRN-4711".getBytes(StandardCharsets.US_ASCII));
    float[] values = {0, 1, 1f / 16, 1f / 81, Float.MAX_VALUE, Float.NaN};
    for (int scan = 0; scan < 2; scan++) {
      int at = 2048 + 20 + scan * 280 + 256;
      for (int i = 0; i < 6; i++) {
        file.putFloat(at + 4 * i, values[(i + scan) % 6]);
      }
    }
    return file.array();
  }

  private ScanFile open(byte[] bytes) throws Exception {
    return ScanFile.open(Files.write(folder.resolve("4711.vol"), bytes));
  }

  @Test
  void scansAreReadAsTheViewerShowsThem() throws Exception {
    try (ScanFile volume = open(file())) {
      assertThat(volume.frames()).isEqualTo(2);
      assertThat(volume.facts().eye()).isEqualTo("right");
      assertThat(volume.facts().patient()).isNotEmpty().doesNotContain("4711");
      assertThat(volume.isConfidential()).isTrue();
      assertThat(volume.masked("a/MRN-4711.vol")).doesNotContain("4711").startsWith("a/");
      Raster8 second = volume.read(1, BitDepth.BITS_16);
      assertThat(second.width()).isEqualTo(3);
      assertThat(second.bytes()).containsExactly((byte) 255, (byte) 128, 85, 0, 0, 0);
      assertThat(volume.read(0, BitDepth.BITS_16).bytes())
          .containsExactly(0, (byte) 255, (byte) 128, 85, 0, 0);
    }
  }

  @Test
  void truncatedAndLyingFilesAreRefused() {
    byte[] whole = file();
    for (int length : new int[] {100, 2047, 2100, whole.length - 1}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(whole, length)))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageStartingWith("damaged .vol");
    }
    for (int at : new int[] {12, 16, 20, 48, 52, 100}) {
      for (int value : new int[] {-1, Integer.MAX_VALUE, 1 << 24}) {
        byte[] lying = whole.clone();
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        assertThatThrownBy(() -> open(lying)).isInstanceOf(UnreadableImageException.class);
      }
    }
  }
}
