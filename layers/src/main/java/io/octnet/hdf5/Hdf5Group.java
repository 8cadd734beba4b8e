package io.octnet.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.octnet.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A group of a file that is read. Paths are relative to it; links are refused. */
public final class Hdf5Group {
  private final Hdf5File file;
  private final Group group;
  private final String path; // empty for the root

  Hdf5Group(Hdf5File file, Group group, String path) {
    this.file = file;
    this.group = group;
    this.path = path;
  }

  /** The path from the root, e.g. {@code /model_weights/dense}. */
  public String path() {
    return path.isEmpty() ? "/" : path;
  }

  /** The names of what is in this group. */
  public Set<String> names() throws Hdf5Exception {
    return Guard.run(file.name(), path(), () -> group.getChildren().keySet());
  }

  /** Whether there is anything of that name, a link included. */
  public boolean has(String name) throws Hdf5Exception {
    return names().contains(name);
  }

  /** Whether there is a group of that name, a link excluded. */
  public boolean hasGroup(String name) throws Hdf5Exception {
    return Guard.run(file.name(), path(), () -> has(name) && group.getChild(name) instanceof Group);
  }

  /**
   * The group at a path of one or more names.
   *
   * @throws Hdf5Exception if it is missing, not a group, or a link stands on the way
   */
  public Hdf5Group group(String relative) throws Hdf5Exception {
    if (find(relative) instanceof Group found) {
      return new Hdf5Group(file, found, path + "/" + relative);
    }
    throw new Hdf5Exception(file.name(), path + "/" + relative, "is not a group");
  }

  /**
   * The data set at a path of one or more names; its values are not read.
   *
   * @throws Hdf5Exception if it is missing, not a data set, or a link stands on the way
   */
  public Hdf5Dataset dataset(String relative) throws Hdf5Exception {
    String target = path + "/" + relative;
    if (find(relative) instanceof Dataset found) {
      return Guard.run(file.name(), target, () -> new Hdf5Dataset(file, found, target));
    }
    throw new Hdf5Exception(file.name(), target, "is not a data set");
  }

  private Node find(String relative) throws Hdf5Exception {
    String target = path + "/" + relative;
    return Guard.run(
        file.name(),
        target,
        () -> {
          Node node = group;
          for (String name : relative.split("/", -1)) {
            if (name.isEmpty() || !(node instanceof Group parent)) {
              throw new Hdf5Exception(file.name(), target, "is missing");
            }
            node = parent.getChild(name);
            if (node == null) {
              throw new Hdf5Exception(file.name(), target, "is missing");
            }
            if (node.isLink()) {
              throw new Hdf5Exception(
                  file.name(), target, "is a soft or external link; links are not followed");
            }
          }
          return node;
        });
  }

  /**
   * A list of names in an attribute: strings of fixed or variable length; also where Keras has
   * split it into {@code name0}, {@code name1}, ...; an empty array of any type is no names.
   *
   * @return empty if there is no such attribute
   */
  public Optional<List<String>> strings(String attribute) throws Hdf5Exception {
    return Guard.run(file.name(), path(), () -> Strings.list(file, group, path(), attribute));
  }

  /**
   * An attribute that holds one string.
   *
   * @return empty if there is no such attribute
   */
  public Optional<String> text(String attribute) throws Hdf5Exception {
    return Guard.run(
        file.name(),
        path(),
        () -> {
          Optional<List<String>> values = Strings.single(file, group, path(), attribute);
          if (values.isPresent() && values.get().size() != 1) {
            throw new Hdf5Exception(
                file.name(),
                path(),
                Text.format(
                    "has %d strings in its attribute %s; expected one",
                    values.get().size(), attribute));
          }
          return values.map(List::getFirst);
        });
  }
}
