package io.octnet.hdf5;

import io.octnet.hdf5.FileLayout.GroupPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What stands behind a group's object header: the local heap with the names of its children, one
 * B-tree node, and the symbol table nodes that it points to.
 */
final class GroupBlocks {
  private static final int CACHED_GROUP = 1;

  private GroupBlocks() {}

  static byte[] encode(GroupNode group, FileLayout layout) {
    GroupPlace place = layout.place(group);
    int symbols = FileLayout.symbolNodes(group) * FileLayout.SYMBOL_NODE;
    ByteBuffer out =
        Messages.littleEndian(
            FileLayout.LOCAL_HEAP_HEADER + place.namesSize() + layout.treeSize() + symbols);
    List<Integer> offsets = putLocalHeap(out, group, place);
    putTree(out, group, place, layout, offsets);
    putSymbols(out, group, layout, offsets);
    return out.array();
  }

  /** Returns where in the heap each child's name stands. */
  private static List<Integer> putLocalHeap(ByteBuffer out, GroupNode group, GroupPlace place) {
    long noFreeSpace = 1;
    out.put("HEAP".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    out.putLong(place.namesSize()).putLong(noFreeSpace).putLong(place.names());
    int start = out.position();
    int offset = 8;
    List<Integer> offsets = new ArrayList<>();
    for (String name : group.children().keySet()) {
      offsets.add(offset);
      out.position(start + offset);
      out.put(name.getBytes(StandardCharsets.UTF_8));
      offset += FileLayout.nameSize(name);
    }
    out.position(start + place.namesSize());
    return offsets;
  }

  /** One leaf; its keys are the last name of each symbol table node. */
  private static void putTree(
      ByteBuffer out, GroupNode group, GroupPlace place, FileLayout layout, List<Integer> offsets) {
    int start = out.position();
    int nodes = offsets.isEmpty() ? 0 : FileLayout.symbolNodes(group);
    out.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) 0);
    out.putShort((short) nodes);
    out.putLong(Messages.UNDEFINED_ADDRESS).putLong(Messages.UNDEFINED_ADDRESS); // no siblings
    out.putLong(0); // key 0: the empty name
    for (int node = 0; node < nodes; node++) {
      int last = Math.min((node + 1) * FileLayout.SYMBOLS_PER_NODE, offsets.size()) - 1;
      out.putLong(place.symbols() + (long) node * FileLayout.SYMBOL_NODE);
      out.putLong(offsets.get(last));
    }
    out.position(start + layout.treeSize());
  }

  private static void putSymbols(
      ByteBuffer out, GroupNode group, FileLayout layout, List<Integer> offsets) {
    Iterator<Map.Entry<String, Hdf5Object>> children = group.children().entrySet().iterator();
    for (int child = 0; child < offsets.size(); child++) {
      if (child % FileLayout.SYMBOLS_PER_NODE == 0) {
        int count = Math.min(FileLayout.SYMBOLS_PER_NODE, offsets.size() - child);
        out.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
        out.putShort((short) count);
      }
      putSymbol(out, offsets.get(child), children.next().getValue(), layout);
    }
    if (offsets.isEmpty()) {
      out.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    }
  }

  /** A symbol table entry: name, object header and, for a group, where its B-tree and heap are. */
  static void putSymbol(ByteBuffer out, long nameOffset, Hdf5Object node, FileLayout layout) {
    int start = out.position();
    out.putLong(nameOffset);
    switch (node) {
      case DatasetNode dataset -> out.putLong(layout.place(dataset).header());
      case GroupNode group -> {
        GroupPlace place = layout.place(group);
        out.putLong(place.header()).putInt(CACHED_GROUP).putInt(0);
        out.putLong(place.tree()).putLong(place.heap());
      }
    }
    out.position(start + FileLayout.SYMBOL);
  }
}
