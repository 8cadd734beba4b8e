package io.octnet.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What chance and malice do to a file. */
public final class Damage {
  private static final long[] WORDS = {0, -1, 1, 8, 1 << 16, 1 << 30, 1L << 40, Long.MAX_VALUE};

  private static final List<String> TEXTS =
      List.of(
          "\n",
          ",",
          "\"",
          "'",
          ": ",
          "- ",
          "[",
          "{",
          "&a [*a]",
          "*a",
          "!!java.net.URL [x]",
          "../",
          "/etc/passwd",
          "\0",
          "\t",
          "NaN",
          "Infinity",
          "-1",
          "1e999",
          "99999999999999999999",
          "é",
          "\ufeff",
          "\\",
          "null",
          "train",
          "#",
          "|",
          "%",
          "<<: *a");

  private Damage() {}

  /** Cut, with bits flipped, or with words replaced or copied to another place. */
  public static byte[] binary(byte[] original, Random random) {
    byte[] bytes = original.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer.wrap(bytes).order(order).putLong(place(bytes, random), word(random));
      }
      case 3 -> {
        int at = random.nextInt(Math.min(64, bytes.length)); // headers are near the beginning
        bytes[at] = (byte) random.nextInt(256);
      }
      default -> System.arraycopy(original, place(bytes, random), bytes, place(bytes, random), 8);
    }
    return bytes;
  }

  private static int place(byte[] bytes, Random random) {
    return random.nextInt(bytes.length - 7);
  }

  private static long word(Random random) {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /** Binary damage, or a piece of text put in, taken out, or repeated many times. */
  public static byte[] text(byte[] original, Random random) {
    String text = new String(original, StandardCharsets.UTF_8);
    int from = random.nextInt(text.length());
    int to = from + random.nextInt(Math.min(40, text.length() - from));
    String piece = TEXTS.get(random.nextInt(TEXTS.size()));
    String damaged =
        switch (random.nextInt(5)) {
          case 0 -> text.substring(0, from) + piece + text.substring(from);
          case 1 -> text.substring(0, from) + piece + text.substring(to);
          case 2 -> text.substring(0, from) + text.substring(to);
          case 3 -> text.substring(0, from) + piece.repeat(2000) + text.substring(from);
          default -> null;
        };
    return damaged == null ? binary(original, random) : damaged.getBytes(StandardCharsets.UTF_8);
  }
}
