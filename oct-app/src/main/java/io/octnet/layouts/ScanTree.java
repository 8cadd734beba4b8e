package io.octnet.layouts;

import io.octnet.UserException;
import io.octnet.images.ScanFile;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A folder and all below it, in the order of names. Links to files and folders are followed
 * wherever they lead; a link that leads nowhere or back to a folder that it lies in is left out.
 * What systems put into folders, hidden files and the like, is passed over.
 */
public final class ScanTree {
  private static final Set<String> SYSTEM =
      Set.of(
          "__macosx",
          "@eadir",
          "#recycle",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "thumbs.db",
          "desktop.ini");
  private static final int DEEPEST = 32;
  private static final int MOST_FILES = 5_000_000;
  private static final int EXAMPLES = 3;

  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<Object, String> firstName = new HashMap<>();
  private final List<String> sameFile = new ArrayList<>();
  private final Path root;
  private final Branch trunk;
  private int files;

  /**
   * A folder of the tree.
   *
   * @param path relative to the root, with {@code /}; empty for the root itself
   * @param folders below it
   * @param scans relative paths of the files that may hold scans, directly in it
   * @param others names of the other files in it
   */
  public record Branch(String path, List<Branch> folders, List<String> scans, List<String> others) {
    /** The folder's own name. */
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** All scans in it and below it, in order. */
    public List<String> scansBelow() {
      List<String> all = new ArrayList<>(scans);
      folders.forEach(folder -> all.addAll(folder.scansBelow()));
      return all;
    }

    /** How many. */
    public int count() {
      return scans.size() + folders.stream().mapToInt(Branch::count).sum();
    }
  }

  private ScanTree(Path root) {
    this.root = root;
    Deque<Object> above = new ArrayDeque<>();
    above.push(key(root, attributes(root)));
    this.trunk = walk(root, "", above);
  }

  /**
   * Walks a folder.
   *
   * @throws UserException when it, or a folder below it, cannot be read
   */
  public static ScanTree of(Path folder) {
    try {
      return new ScanTree(folder.toRealPath());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** Whether systems, not people, put files of this name into folders. */
  public static boolean isSystems(String name) {
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The folder, without links. */
  public Path root() {
    return root;
  }

  /** The folder with all that lies in it. */
  public Branch trunk() {
    return trunk;
  }

  /** Links that lead nowhere or in a circle, and what is neither file nor folder. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** One line where names lead to one and the same file, else none. */
  public List<String> notes() {
    if (sameFile.isEmpty()) {
      return List.of();
    }
    String examples = String.join(", ", sameFile.subList(0, Math.min(EXAMPLES, sameFile.size())));
    return List.of(
        Text.format(
            "%d names lead to a file that has another name, too: %s", sameFile.size(), examples));
  }

  private Branch walk(Path folder, String path, Deque<Object> above) {
    Branch branch = new Branch(path, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Path child : children(folder)) {
      String name = child.getFileName().toString();
      if (isSystems(name)) {
        continue;
      }
      String relative = path.isEmpty() ? name : path + "/" + name;
      BasicFileAttributes attributes = attributes(child);
      if (attributes == null) {
        leftOut.add(
            LeftOut.odd(
                relative,
                Files.isSymbolicLink(child)
                    ? "a link that leads nowhere; is its content fetched?"
                    : "cannot be read"));
      } else if (attributes.isDirectory()) {
        enter(branch, child, relative, key(child, attributes), above);
      } else if (attributes.isRegularFile()) {
        add(branch, child, relative, attributes);
      } else {
        leftOut.add(LeftOut.odd(relative, "not a regular file"));
      }
    }
    return branch;
  }

  private void enter(Branch branch, Path child, String relative, Object key, Deque<Object> above) {
    if (above.contains(key)) {
      leftOut.add(LeftOut.odd(relative, "a link to a folder that it lies in: a loop"));
      return;
    }
    if (above.size() > DEEPEST) {
      throw new UserException(
          Text.format(
              "%s lies more than %d folders deep; expected a folder of scans", relative, DEEPEST));
    }
    above.push(key);
    branch.folders.add(walk(child, relative, above));
    above.pop();
  }

  private void add(Branch branch, Path child, String relative, BasicFileAttributes attributes) {
    if (++files > MOST_FILES) {
      throw new UserException(
          Text.format("more than %,d files in %s; expected a folder of scans", MOST_FILES, root));
    }
    if (!ScanFile.isCandidate(child)) {
      branch.others.add(relative);
      return;
    }
    branch.scans.add(relative);
    String other = firstName.putIfAbsent(key(child, attributes), relative);
    if (other != null) {
      sameFile.add(other + " = " + relative);
    }
  }

  /** Of what a link leads to; null where it leads nowhere. */
  private static BasicFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }

  /** The same for all names of one file or folder. */
  private static Object key(Path path, BasicFileAttributes attributes) {
    Object key = attributes == null ? null : attributes.fileKey();
    if (key != null) {
      return key;
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      throw unreadable(folder, e);
    } catch (DirectoryIteratorException e) {
      throw unreadable(folder, e.getCause());
    }
    children.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return children;
  }

  private static UserException unreadable(Path folder, IOException e) {
    return new UserException(
        Text.format(
            "cannot read the folder %s (%s); check its permissions",
            folder, e.getClass().getSimpleName()),
        e);
  }
}
