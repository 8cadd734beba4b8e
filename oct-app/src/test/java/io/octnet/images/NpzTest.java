package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class NpzTest {
  @TempDir Path folder;

  /** An archive like MedMNIST's: 3, 2 and 1 images of 4 x 5 pixels, their labels. */
  public static byte[] file() {
    Archive archive = new Archive();
    int at = 0;
    for (String part : new String[] {"test", "train", "val"}) { // as a zip may have them
      int count = part.equals("train") ? 3 : part.equals("val") ? 2 : 1;
      byte[] pixels = new byte[count * 20];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (at + i / 20 * 10);
      }
      at += 50;
      archive.add(part + "_images", "|u1", "(" + count + ", 4, 5)", pixels);
      byte[] labels = new byte[count * 8];
      labels[0] = 3;
      archive.add(part + "_labels", "<i8", "(" + count + ", 1)", labels);
    }
    return archive.bytes();
  }

  private static final class Archive {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(out);

    Archive add(String name, String type, String shape, byte[] values) {
      String text =
          Text.format("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, shape);
      byte[] header =
          (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
      try {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        zip.write(new byte[] {(byte) header.length, 0});
        zip.write(header);
        zip.write(values);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return this;
    }

    byte[] bytes() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return out.toByteArray();
    }
  }

  private Npz open(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("octmnist.npz"), bytes);
    assertThat(ScanFile.isCandidate(file)).isTrue();
    return (Npz) ScanFile.open(file);
  }

  @Test
  void framesAreTheImagesOfTrainValidationAndTestInThisOrder() throws Exception {
    try (Npz npz = open(file())) {
      assertThat(npz.frames()).isEqualTo(6);
      int[] first = {50, 60, 70, 100, 110, 0};
      for (int frame : new int[] {0, 1, 2, 3, 4, 5, 2, 0, 5, 4}) {
        Raster8 raster = npz.read(frame, BitDepth.BITS_16);
        assertThat(raster.width()).isEqualTo(5);
        assertThat(raster.height()).isEqualTo(4);
        assertThat(raster.sample(4, 3, 0)).as("frame %d", frame).isEqualTo(first[frame]);
      }
      assertThat(npz.names()).contains("train_images", "val_labels");
      assertThat(npz.dims("train_images")).containsExactly(3, 4, 5);
      assertThat(npz.labels("train_labels")).containsExactly(3, 0, 0);
      assertThatThrownBy(() -> npz.labels("train_images")).hasMessageContaining("whole numbers");
    }
  }

  @Test
  void whatDoesNotHoldImagesIsRefusedByName() {
    assertRefused(new Archive().add("x", "<f4", "(2,)", new byte[8]), "without train_images");
    assertRefused(
        new Archive().add("train_images", "<f4", "(1, 2, 2)", new byte[16]), "[1, 2, 2] of <f4");
    assertRefused(
        new Archive().add("train_images", "|u1", "(9, 200, 200)", new byte[16]), "needs 360000");
    assertRefused(
        new Archive().add("train_images", "|u1", "(99999, 99999, 99999, 99999)", new byte[16]),
        "overflow");
    byte[] cut = Arrays.copyOf(file(), 300);
    assertThatThrownBy(() -> open(cut)).hasMessageStartingWith("damaged .npz");
  }

  private void assertRefused(Archive archive, String reason) {
    byte[] bytes = archive.bytes();
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(reason);
  }
}
