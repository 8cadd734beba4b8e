package io.octnet.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A group being built: children by name, and attributes. */
public final class GroupNode extends Hdf5Object {
  /** A group's B-tree is ordered by the bytes of the names. */
  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final SortedMap<String, Hdf5Object> children = new TreeMap<>(BY_BYTES);

  /** An empty group: the root of a file to be. */
  public GroupNode() {}

  /** The children, ordered by the bytes of their names. */
  SortedMap<String, Hdf5Object> children() {
    return Collections.unmodifiableSortedMap(children);
  }

  /**
   * The group at a path below this one; groups that do not exist yet are made.
   *
   * @param path names with slashes between, e.g. {@code conv1/conv}
   * @throws IllegalArgumentException if a data set is in the way, or a name is empty
   */
  public GroupNode group(String path) {
    GroupNode group = this;
    for (String name : path.split("/", -1)) {
      Hdf5Object child = group.children.computeIfAbsent(checked(name, path), _ -> new GroupNode());
      if (!(child instanceof GroupNode next)) {
        throw new IllegalArgumentException(path + ": " + name + " is a data set, not a group");
      }
      group = next;
    }
    return group;
  }

  /**
   * Puts a data set at a path below this group, making the groups on the way.
   *
   * @throws IllegalArgumentException if something is there already
   */
  public void dataset(String path, DatasetNode dataset) {
    int slash = path.lastIndexOf('/');
    GroupNode parent = slash < 0 ? this : group(path.substring(0, slash));
    String name = checked(path.substring(slash + 1), path);
    if (parent.children.putIfAbsent(name, dataset) != null) {
      throw new IllegalArgumentException(path + " is there already");
    }
  }

  private static String checked(String name, String path) {
    if (name.isEmpty() || name.equals(".") || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the path '" + path + "' holds a name that is empty, '.', or has a zero byte");
    }
    return name;
  }
}
