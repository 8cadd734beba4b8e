package io.octnet.hdf5;

import io.octnet.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A group or data set being built: what both have, their attributes. */
public abstract sealed class Hdf5Object permits GroupNode, DatasetNode {
  /**
   * The most bytes of names that one attribute holds; Keras splits longer lists the same way. An
   * attribute is one message of an object header, and a message ends at 64 KiB.
   */
  static final int ATTRIBUTE_LIMIT = 64512;

  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  Hdf5Object() {}

  /** The attributes in the order in which they were set. */
  Map<String, Attribute> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /** Sets an attribute that holds one string of any length. */
  public void text(String name, String value) {
    attributes.put(name, Attribute.text(value));
  }

  /**
   * Sets an attribute that holds a list of names, as Keras writes {@code layer_names}: fixed-length
   * strings; lists over 64,512 bytes become {@code name0}, {@code name1}, ...; an empty list is an
   * empty array of float64.
   *
   * @throws IllegalArgumentException if a single name is longer than an attribute can be
   */
  public void strings(String name, List<String> values) {
    List<byte[]> encoded = new ArrayList<>();
    int width = 1;
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      width = Math.max(width, bytes.length);
      encoded.add(bytes);
    }
    if (width > ATTRIBUTE_LIMIT) {
      throw new IllegalArgumentException(
          Text.format(
              "attribute %s: a name of %d bytes; at most %d fit", name, width, ATTRIBUTE_LIMIT));
    }
    int parts = parts(encoded.size(), width);
    int shortest = encoded.size() / parts;
    int longer = encoded.size() % parts; // the first so many parts hold one name more
    int from = 0;
    for (int part = 0; part < parts; part++) {
      int to = from + shortest + (part < longer ? 1 : 0);
      String partName = parts == 1 ? name : name + part;
      attributes.put(partName, Attribute.strings(encoded.subList(from, to), width));
      from = to;
    }
  }

  /** The fewest equal parts of {@code count} names that each stay within the limit. */
  private static int parts(int count, int width) {
    int parts = 1;
    while ((long) Math.ceilDiv(count, parts) * width > ATTRIBUTE_LIMIT) {
      parts++;
    }
    return parts;
  }
}
