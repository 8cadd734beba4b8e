package io.octnet.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what pydicom reads. */
class DicomFileTest {
  private static final long MOST_PIXELS = 40_000_000;

  static DicomFile open(String name) throws Exception {
    return DicomFile.open(Golden.folder("dicom").resolve(name + ".dcm"), MOST_PIXELS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opt_volume_explicit",
        "opt_volume_implicit",
        "opt_volume_deflated",
        "opt_volume_rle",
        "opt_12bit",
        "single_12bit_no_window",
        "single_monochrome1",
        "secondary_rgb"
      })
  void storedSamplesAreThoseThatPydicomReads(String name) throws Exception {
    byte[] expected = expected(name);
    try (DicomFile file = open(name)) {
      PixelFormat format = file.format();
      int length = format.frameBytes();
      assertThat(file.frames()).isEqualTo(expected.length / length);
      for (int f = file.frames() - 1; f >= 0; f--) { // backwards: a deflated file begins anew
        byte[] own = Arrays.copyOfRange(expected, f * length, (f + 1) * length);
        assertThat(file.frame(f)).as("frame %d", f).isEqualTo(own);
      }
    }
  }

  /** The values of a .npy file of bytes or 16-bit words. */
  private static byte[] expected(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Golden.folder("dicom").resolve(name + ".dcm.npy"));
    return Arrays.copyOfRange(bytes, 10 + (bytes[8] & 0xff) + 256 * bytes[9], bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "bad_truncated, truncated DICOM",
    "bad_no_pixels, truncated DICOM: 5 frames of 128x96 pixels take 61440 bytes",
    "bad_rows_60000, truncated DICOM: 5 frames of 128x60000 pixels take 38400000 bytes",
    "bad_jpeg2000, JPEG 2000",
  })
  void whatCannotBeReadIsRefusedByName(String name, String reason) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }
}
