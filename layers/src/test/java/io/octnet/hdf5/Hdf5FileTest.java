package io.octnet.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5FileTest {
  @TempDir Path folder;

  @Test
  void everyCutOfAFileIsRefused() throws IOException {
    byte[] bytes = small();
    for (int length = 0; length < bytes.length; length += 13) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Hdf5File.open("cut.h5", ByteBuffer.wrap(cut)))
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining("cut.h5")
          .hasMessageMatching("[^\\n]*(empty|no HDF5 signature|truncated)[^\\n]*");
    }
  }

  @Test
  void whatIsNotHdf5IsSaidToBeNone() throws IOException {
    Path file = folder.resolve("page.h5");
    Files.writeString(file, "<html>404</html>".repeat(1000));
    assertThatThrownBy(() -> Hdf5File.open(file))
        .isInstanceOf(Hdf5Exception.class)
        .hasMessageContaining("page.h5")
        .hasMessageContaining("not an HDF5 file");
  }

  @Test
  void missingAndMistakenPathsAreNamed() throws IOException {
    try (Hdf5File file = Hdf5File.open("a.h5", ByteBuffer.wrap(small()))) {
      Hdf5Group root = file.root();
      assertThatThrownBy(() -> root.dataset("dense/bias"))
          .hasMessage("a.h5: /dense/bias is missing");
      assertThatThrownBy(() -> root.group("dense").dataset("kernel/deeper"))
          .hasMessage("a.h5: /dense/kernel/deeper is missing");
      assertThatThrownBy(() -> root.dataset("dense")).hasMessage("a.h5: /dense is not a data set");
      assertThatThrownBy(() -> root.group("dense/kernel"))
          .hasMessage("a.h5: /dense/kernel is not a group");
      assertThatThrownBy(() -> root.dataset("dense//kernel")).isInstanceOf(Hdf5Exception.class);
      assertThatThrownBy(() -> root.dataset("dense/kernel").readLong())
          .hasMessage("a.h5: /dense/kernel holds float32; expected int64");
    }
  }

  @Test
  void aDatatypeWithAFlippedBitIsNotReadAsAnotherNumber() throws IOException {
    byte[] bytes = small();
    int at = indexOf(bytes, Datatype.FLOAT32.encoding());
    int byteOrder = 8; // the one flip that turns a legal type into another legal type
    for (int bit = 0; bit < 8 * Datatype.FLOAT32.encoding().length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[at + bit / 8] ^= (byte) (1 << bit % 8);
      try (Hdf5File file = Hdf5File.open("a.h5", ByteBuffer.wrap(flipped))) {
        float[] values = file.root().dataset("dense/kernel").readFloats();
        if (bit != byteOrder) {
          assertThat(values).as("bit " + bit).containsExactly(1, 2);
        }
      } catch (Hdf5Exception e) {
        assertThat(e).hasMessageContaining("a.h5: /dense");
      }
    }
  }

  @Test
  void textThatManyReferencesMultiplyIsRefused() throws IOException {
    GroupNode root = new GroupNode();
    root.text("text", "x".repeat(1 << 20));
    Path path = folder.resolve("text.h5");
    Hdf5Writer.write(path, root);
    byte[] bytes = Files.readAllBytes(path);
    // the collection claims to be 1 TiB
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(FileLayout.SUPERBLOCK + 8, 1L << 40);
    try (Hdf5File file = Hdf5File.open("a.h5", ByteBuffer.wrap(bytes))) {
      assertThatThrownBy(() -> file.root().text("text"))
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining("64 MiB of text");
    }
  }

  @Test
  void oldAndNewFilesOfOtherWritersAreRead() throws IOException {
    Path bad = Golden.folder("formats").resolve("bad");
    float[] expected;
    try (Hdf5File file = Hdf5File.open(bad.resolve("../cnn3_tfkeras_weights.h5"))) {
      expected = file.root().dataset("conv2d_1/conv2d_1/kernel:0").readFloats();
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(bad)) {
      files = all.filter(path -> path.getFileName().toString().startsWith("ok_")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path path : files) {
      try (Hdf5File file = Hdf5File.open(path)) {
        Hdf5Dataset dataset = file.root().dataset("conv2d_1/conv2d_1/kernel:0");
        assertThat(dataset.shape()).containsExactly(3, 3, 32, 64);
        assertThat(dataset.readFloats()).as(path.toString()).isEqualTo(expected);
      }
    }
  }

  private byte[] small() throws IOException {
    GroupNode root = new GroupNode();
    root.dataset("dense/kernel", DatasetNode.floats(new int[] {2}, 1, 2));
    Path file = folder.resolve("small.h5");
    Hdf5Writer.write(file, root);
    return Files.readAllBytes(file);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
  }
}
