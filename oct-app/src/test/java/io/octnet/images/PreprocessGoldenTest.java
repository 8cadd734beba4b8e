package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.tensor.Npy;
import io.octnet.testing.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessGoldenTest {
  @ParameterizedTest
  @EnumSource(names = {"CAFFE", "TORCH"})
  void colourPicturesBecomeWhatKerasMakesOfThem(Preprocess preprocess) {
    Path zoo = Golden.folder("zoo");
    String name = preprocess.name().toLowerCase(Locale.ROOT);
    Npy picture = Golden.npy(zoo.resolve("input_color_224.npy"));
    Npy expected = Golden.npy(zoo.resolve("input_color_224." + name + ".npy"));
    float[] out = new float[224 * 224 * 3];
    preprocess.apply(picture.values(), 3, 224 * 224, out, 0);
    var floats = ByteBuffer.wrap(expected.values()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(floats.remaining()).isEqualTo(out.length);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).as("value %d", i).isCloseTo(floats.get(i), within(1e-5f));
    }
  }

  @Test
  void grayBecomesThreeEqualChannelsBetweenZeroAndOne() {
    float[] out = new float[7];
    Preprocess.DIV255.apply(new byte[] {0, (byte) 255}, 1, 2, out, 1);
    assertThat(out).containsExactly(0, 0, 0, 0, 1, 1, 1);
  }
}
