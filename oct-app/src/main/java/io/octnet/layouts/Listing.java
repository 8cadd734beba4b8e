package io.octnet.layouts;

import java.nio.file.Path;
import java.util.List;

/**
 * The scans of a data set by name, before any is opened.
 *
 * @param root the data folder, absolute
 * @param layout what it was recognised as, in one line
 * @param classes names, sorted
 * @param items sorted by class, then by file
 * @param notes what the user should be told, a line each
 * @param leak why any split of it leaks; empty where it need not
 */
public record Listing(
    Path root,
    String layout,
    List<String> classes,
    List<Item> items,
    List<LeftOut> leftOut,
    List<String> notes,
    String leak) {
  public Listing {
    classes = List.copyOf(classes);
    classes.forEach(name -> PlainName.require("the class '" + name + "'", name));
    items = List.copyOf(items);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }

  /** The same with these items only. */
  public Listing withItems(List<Item> others) {
    return new Listing(root, layout, classes, others, leftOut, notes, leak);
  }
}
