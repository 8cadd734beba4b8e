package io.octnet.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything of a file stands. A node's blocks follow each other, its children follow it:
 *
 * <pre>
 * superblock, text heap, root group, its first child, that one's children, ...
 * group:    object header, local heap, the heap's names, B-tree node, symbol table nodes
 * data set: object header, values
 * </pre>
 */
final class FileLayout {
  static final int SUPERBLOCK = 96;

  /** A symbol table node holds up to twice this many children. */
  static final int LEAF_K = 4;

  static final int SYMBOLS_PER_NODE = 2 * LEAF_K;
  static final int SYMBOL = 40;
  static final int SYMBOL_NODE = 8 + SYMBOLS_PER_NODE * SYMBOL;
  static final int LOCAL_HEAP_HEADER = 32;

  /** The addresses of a group's blocks. */
  record GroupPlace(long header, long heap, long names, int namesSize, long tree, long symbols) {}

  /** The addresses of a data set's blocks. */
  record DatasetPlace(long header, long values) {}

  private final Map<Hdf5Object, GroupPlace> groups = new IdentityHashMap<>();
  private final Map<Hdf5Object, DatasetPlace> datasets = new IdentityHashMap<>();
  private final TextHeap texts;
  private final int treeK;
  private final long end;

  FileLayout(GroupNode root) {
    texts = new TextHeap(SUPERBLOCK, root);
    treeK = treeK(largestGroup(root));
    end = place(root, SUPERBLOCK + texts.encode().length);
  }

  GroupPlace place(GroupNode group) {
    return groups.get(group);
  }

  DatasetPlace place(DatasetNode dataset) {
    return datasets.get(dataset);
  }

  TextHeap texts() {
    return texts;
  }

  /** The file's length. */
  long end() {
    return end;
  }

  /** Half the entries of a B-tree node; every group's children fit one node. */
  int treeK() {
    return treeK;
  }

  int treeSize() {
    return 24 + (2 * treeK + 1) * 8 + 2 * treeK * 8;
  }

  static int symbolNodes(GroupNode group) {
    return Math.max(1, Math.ceilDiv(group.children().size(), SYMBOLS_PER_NODE));
  }

  /** The messages of a node's object header; their sizes do not depend on any address. */
  List<Messages.Message> messages(Hdf5Object node) {
    List<Messages.Message> messages = new ArrayList<>();
    switch (node) {
      case GroupNode group -> {
        GroupPlace place = groups.getOrDefault(group, new GroupPlace(0, 0, 0, 0, 0, 0));
        messages.add(Messages.symbolTable(place.tree(), place.heap()));
      }
      case DatasetNode dataset -> {
        DatasetPlace place = datasets.getOrDefault(dataset, new DatasetPlace(0, 0));
        long address = dataset.bytes() == 0 ? Messages.UNDEFINED_ADDRESS : place.values();
        messages.add(Messages.dataspace(dataset.shape()));
        messages.add(Messages.datatype(dataset.type()));
        messages.add(Messages.fillValue());
        messages.add(Messages.contiguousLayout(address, dataset.bytes()));
      }
    }
    node.attributes()
        .forEach(
            (name, attribute) -> {
              byte[] value =
                  attribute.text() == null ? attribute.data() : texts.reference(attribute);
              messages.add(Messages.attribute(name, attribute, value));
            });
    return messages;
  }

  /** Places a node and all below it; returns the address behind them. */
  private long place(Hdf5Object node, long start) {
    long position = start + Messages.objectHeaderSize(messages(node));
    switch (node) {
      case DatasetNode dataset -> {
        if (datasets.put(dataset, new DatasetPlace(start, position)) != null) {
          throw new IllegalArgumentException("one data set stands at two paths");
        }
        position += paddedBytes(dataset);
      }
      case GroupNode group -> {
        long names = position + LOCAL_HEAP_HEADER;
        int namesSize = namesSize(group);
        long tree = names + namesSize;
        long symbols = tree + treeSize();
        groups.put(group, new GroupPlace(start, position, names, namesSize, tree, symbols));
        position = symbols + (long) symbolNodes(group) * SYMBOL_NODE;
        for (Hdf5Object child : group.children().values()) {
          position = place(child, position);
        }
      }
    }
    return position;
  }

  static long paddedBytes(DatasetNode dataset) {
    return (dataset.bytes() + 7) & ~7L;
  }

  /**
   * The names of a group's children with their zero bytes, after eight bytes for the empty name.
   */
  private static int namesSize(GroupNode group) {
    int size = 8;
    for (String name : group.children().keySet()) {
      size += nameSize(name);
    }
    return Math.max(size, 16);
  }

  static int nameSize(String name) {
    return Messages.paddedLength(name.getBytes(StandardCharsets.UTF_8).length + 1);
  }

  private static int largestGroup(Hdf5Object node) {
    int largest = 0;
    if (node instanceof GroupNode group) {
      largest = group.children().size();
      for (Hdf5Object child : group.children().values()) {
        largest = Math.max(largest, largestGroup(child));
      }
    }
    return largest;
  }

  private static int treeK(int children) {
    int k = 16; // HDF5's own default
    while (2 * k * SYMBOLS_PER_NODE < children) {
      k *= 2;
    }
    if (k > Short.MAX_VALUE) {
      throw new IllegalArgumentException("a group with " + children + " children is too large");
    }
    return k;
  }
}
