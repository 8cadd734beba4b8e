package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AugmentTest {
  private static final int SIZE = 17;
  private static final Raster8 GRAY = Pictures.gray(SIZE, SIZE, 1);

  private static byte[] apply(Augment augment, Raster8 source, long seed) {
    byte[] out = new byte[source.bytes().length];
    augment.apply(source.bytes(), out, SIZE, source.channels(), RandomStream.of(seed));
    return out;
  }

  @Test
  void noChangeGivesTheSamePicture() {
    assertThat(apply(Augment.NONE, GRAY, 5)).isEqualTo(GRAY.bytes());
  }

  @Test
  void mirroringSwapsLeftAndRightInHalfOfTheDraws() {
    Augment mirror = new Augment(0, 0, 0, true);
    byte[] mirrored = new byte[SIZE * SIZE];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = GRAY.bytes()[i / SIZE * SIZE + SIZE - 1 - i % SIZE];
    }
    int count = 0;
    for (int seed = 0; seed < 400; seed++) {
      byte[] out = apply(mirror, GRAY, seed);
      if (!Arrays.equals(out, GRAY.bytes())) {
        assertThat(out).isEqualTo(mirrored);
        count++;
      }
    }
    assertThat(count).isBetween(150, 250);
  }

  @Test
  void lightChangesStayLight() {
    byte[] bytes = new byte[SIZE * SIZE];
    bytes[8 * SIZE + 8] = (byte) 200; // one bright point in the centre
    Raster8 point = new Raster8(SIZE, SIZE, 1, bytes);
    for (int seed = 0; seed < 50; seed++) {
      byte[] out = apply(Augment.LIGHT, point, seed);
      int sum = 0;
      for (int i = 0; i < out.length; i++) {
        if (out[i] != 0) {
          assertThat(Math.abs(i % SIZE - 8)).isLessThanOrEqualTo(2);
          assertThat(Math.abs(i / SIZE - 8)).isLessThanOrEqualTo(2);
        }
        sum += out[i] & 0xff;
      }
      assertThat(sum).isBetween(150, 250);
    }
  }

  @Test
  void coloursAreChangedAlike() {
    Raster8 gray = Pictures.gray(SIZE, SIZE, 9);
    byte[] three = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < three.length; i++) {
      three[i] = gray.bytes()[i / 3];
    }
    byte[] one = apply(Augment.LIGHT, gray, 3);
    byte[] all = apply(Augment.LIGHT, new Raster8(SIZE, SIZE, 3, three), 3);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isEqualTo(one[i / 3]);
    }
  }
}
