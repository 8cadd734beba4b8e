package io.octnet.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads attributes that hold strings, of every kind that Keras and h5py have written. */
final class Strings {
  /** More text than this is not read from one attribute: every string could name the same heap. */
  private static final long MOST_TEXT = 64L << 20;

  private static final int REFERENCE = 16; // length, address of a heap, index in it

  private Strings() {}

  /** The attribute, or its numbered parts joined. */
  static Optional<List<String>> list(Hdf5File file, Node node, String path, String name)
      throws Hdf5Exception {
    Optional<List<String>> whole = single(file, node, path, name);
    if (whole.isPresent()) {
      return whole;
    }
    List<String> joined = new ArrayList<>();
    int part = 0;
    for (; ; part++) {
      Optional<List<String>> values = single(file, node, path, name + part);
      if (values.isEmpty()) {
        break;
      }
      joined.addAll(values.get());
    }
    return part == 0 ? Optional.empty() : Optional.of(joined);
  }

  static Optional<List<String>> single(Hdf5File file, Node node, String path, String name)
      throws Hdf5Exception {
    Attribute attribute = node.getAttribute(name);
    if (attribute == null) {
      return Optional.empty();
    }
    if (attribute.isEmpty()) {
      return Optional.of(List.of());
    }
    DataType type = attribute.getDataType();
    boolean variable = type instanceof VariableLength text && text.isVariableLengthString();
    if (!variable && !(type instanceof StringData)) {
      throw new Hdf5Exception(file.name(), path, "has no strings in its attribute " + name);
    }
    if (attribute.getDimensionsAsLong().length > 1) {
      throw new Hdf5Exception(file.name(), path, "has a table in its attribute " + name);
    }
    if (variable) {
      checkHeaps(file, attribute, path, name);
    }
    return Optional.of(
        switch (attribute.getData()) {
          case String one -> List.of(one);
          case String[] many -> List.of(many);
          default -> throw new IllegalStateException("attribute " + name + " of unknown kind");
        });
  }

  /** Adds up the heaps that the strings lie in before jhdf loads any of them. */
  private static void checkHeaps(Hdf5File file, Attribute attribute, String path, String name)
      throws Hdf5Exception {
    ByteBuffer references = attribute.getBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long total = 0;
    while (references.remaining() >= REFERENCE) {
      references.getInt();
      long heap = references.getLong();
      if (references.getInt() != 0) {
        long size = file.at(heap).getLong(8);
        total += size < 0 ? MOST_TEXT + 1 : Math.min(size, MOST_TEXT + 1);
      }
      if (total > MOST_TEXT) {
        throw new Hdf5Exception(
            file.name(), path, "has more than 64 MiB of text in its attribute " + name);
      }
    }
  }
}
