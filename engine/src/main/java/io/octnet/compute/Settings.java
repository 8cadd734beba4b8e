package io.octnet.compute;

import io.octnet.text.Text;
import java.util.List;

/**
 * The system properties of the engine, all of them: each is read here and nowhere else, once, when
 * it is first needed. Without any, the engine chooses by the machine. A value that cannot be taken
 * is refused, never ignored.
 */
public final class Settings {
  /** {@code scalar}, {@code simd}, {@code opencl}, {@code auto}: the {@link Backend}. */
  public static final String BACKEND = "octnet.backend";

  /** How many threads compute, at least 1; one a core without it. */
  public static final String THREADS = "octnet.threads";

  /** 128, 256 or 512: the vectors of the SIMD back-end; what the JVM prefers without it. */
  public static final String VECTOR_BITS = "octnet.vector.bits";

  /** Bytes of a core's second-level cache, which blocks of Winograd's algorithm must fit: 1 MiB. */
  public static final String L2_BYTES = "octnet.l2.bytes";

  /** The algorithm of every convolution that it can serve; chosen by shape without it. */
  public static final String CONV_ALGORITHM = "octnet.conv.algorithm";

  /** Text in the name of the OpenCL device to use; any device without it. */
  public static final String OPENCL_DEVICE = "octnet.opencl.device";

  private Settings() {}

  /** The back-end asked for; null for none. */
  static String backend() {
    return System.getProperty(BACKEND);
  }

  /** How many threads compute. */
  static int threads() {
    return number(THREADS, Runtime.getRuntime().availableProcessors(), 1);
  }

  /** The bits of a vector. */
  public static int vectorBits(int preferred) {
    int bits = number(VECTOR_BITS, preferred, 128);
    if (!List.of(128, 256, 512).contains(bits)) {
      throw refusal(VECTOR_BITS, "128, 256 or 512", Integer.toString(bits));
    }
    return bits;
  }

  /** Bytes of L2 to count on. */
  public static int l2Bytes() {
    return number(L2_BYTES, 1 << 20, 1 << 12);
  }

  /** The algorithm asked for, among these; null for none. */
  public static <E extends Enum<E>> E convAlgorithm(Class<E> algorithms) {
    String name = System.getProperty(CONV_ALGORITHM);
    if (name == null) {
      return null;
    }
    E[] all = algorithms.getEnumConstants();
    for (E algorithm : all) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    throw refusal(CONV_ALGORITHM, "one of " + List.of(all), name);
  }

  /** What the device's name must contain; empty for any device. */
  public static String openClDevice() {
    return System.getProperty(OPENCL_DEVICE, "");
  }

  private static int number(String property, int otherwise, int least) {
    String text = System.getProperty(property);
    try {
      int value = text == null ? otherwise : Integer.parseInt(text.strip());
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw refusal(property, "a whole number not below " + least, text);
  }

  private static IllegalArgumentException refusal(String property, String expected, String text) {
    return new IllegalArgumentException(
        Text.format("-D%s must be %s, received '%s'", property, expected, text));
  }
}
