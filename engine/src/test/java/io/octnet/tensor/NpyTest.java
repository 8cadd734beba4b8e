package io.octnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (Shape shape :
        new Shape[] {Shape.scalar(), Shape.of(7), Shape.of(3, 1, 5), Shape.of(257, 131)}) {
      float[] data = new float[shape.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = i / 3f;
      }
      Path file = folder.resolve("x.npy");
      Npy.write(file, shape, data);
      Npy npy = Npy.read(file);
      assertThat(npy.tensor().shape()).isEqualTo(shape);
      assertThat(npy.floats()).isEqualTo(data);
      assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
  }

  @Test
  void aFileThatHoldsLessThanItPromisesIsRefused() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Shape.of(100), new float[100]);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 9, 60, bytes.length - 1}) {
      Path cut = folder.resolve("cut.npy");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Npy.read(cut))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut.npy");
    }
  }
}
