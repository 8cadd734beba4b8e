package io.octnet.dicom;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The values of the attributes that were read, as they are stored. */
final class Attributes {
  private final Map<Integer, byte[]> values = new HashMap<>();

  /** Keeps a value; the first one counts. */
  void add(int tag, byte[] value) {
    values.putIfAbsent(tag, value);
  }

  void addAll(Attributes others) {
    others.values.forEach(this::add);
  }

  boolean has(int tag) {
    return values.containsKey(tag) && values.get(tag).length > 0;
  }

  /** Text without its padding; empty where there is none. */
  String text(int tag) {
    byte[] value = values.getOrDefault(tag, new byte[0]);
    return new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
  }

  /** An unsigned 16-bit number. */
  int unsigned(int tag, int fallback) throws DicomException {
    if (!has(tag)) {
      return fallback;
    }
    byte[] value = values.get(tag);
    if (value.length < 2) {
      throw new DicomException("damaged DICOM: a number of one byte");
    }
    return value[0] & 0xff | (value[1] & 0xff) << 8;
  }

  /** A number that must be there. */
  int required(int tag, String name) throws DicomException {
    if (!has(tag)) {
      throw new DicomException("DICOM without an image: it has no " + name);
    }
    return unsigned(tag, 0);
  }

  /** A decimal number in text, the first of several; empty where there is none that is finite. */
  OptionalDouble decimal(int tag) {
    try {
      double value = Double.parseDouble(text(tag).split("\\\\", 2)[0].strip());
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
