package io.octnet.catalogue;

import io.octnet.UserException;
import io.octnet.images.ImageFormat;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The image files of a data folder by name, before any is opened. Links are not followed out. */
record Listing(Path root, List<String> classes, List<Item> items, List<LeftOut> leftOut) {
  private static final String EXPECTED = "expected a folder with one sub-folder of images a class";

  /** A file and the index of its class. */
  record Item(String file, int label) {}

  /**
   * Lists a folder.
   *
   * @throws UserException when it cannot be read or has fewer classes than it must
   */
  static Listing of(Path folder, int minimumClasses) {
    Path root = realFolder(folder);
    List<LeftOut> leftOut = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (Path child : children(root)) {
      String name = child.getFileName().toString();
      if (!Files.isDirectory(child)) {
        if (ImageFormat.isImageName(name)) {
          leftOut.add(LeftOut.odd(name, "an image outside the class folders"));
        }
        continue;
      }
      if (name.startsWith(".") || name.equals("__MACOSX")) {
        continue;
      }
      if (Files.isSymbolicLink(child)) {
        leftOut.add(LeftOut.odd(name, "a link to a folder is not followed"));
        continue;
      }
      List<Item> found = inClass(root, child, classes.size(), leftOut);
      if (found.isEmpty()) {
        leftOut.add(LeftOut.odd(name, "a folder without images directly in it"));
      } else {
        classes.add(name);
        items.addAll(found);
      }
    }
    checkClasses(folder, root, classes, minimumClasses);
    return new Listing(root, classes, items, leftOut);
  }

  private static Path realFolder(Path folder) {
    if (!Files.exists(folder)) {
      throw new UserException("no folder " + folder + "; " + EXPECTED + "; check --data");
    }
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " is a file; " + EXPECTED + "; check --data");
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static List<Item> inClass(Path root, Path folder, int label, List<LeftOut> leftOut) {
    List<Item> items = new ArrayList<>();
    for (Path path : children(folder)) {
      String file = folder.getFileName() + "/" + path.getFileName();
      String oddity = oddity(root, path);
      if (oddity == null) {
        items.add(new Item(file, label));
      } else {
        leftOut.add(LeftOut.odd(file, oddity));
      }
    }
    return items;
  }

  /** Why this path is no candidate, or null. */
  private static String oddity(Path root, Path path) {
    String name = path.getFileName().toString();
    if (name.startsWith(".")) {
      return "a hidden file";
    }
    if (Files.isSymbolicLink(path)) {
      try {
        if (!path.toRealPath().startsWith(root)) {
          return "a link out of the data folder is not followed";
        }
      } catch (IOException e) {
        return "a link that leads nowhere";
      }
    }
    if (Files.isDirectory(path)) {
      return "a folder inside a class folder is not entered";
    }
    if (!Files.isRegularFile(path)) {
      return "not a regular file";
    }
    return ImageFormat.isImageName(name) ? null : "not named like a JPEG, PNG, TIFF or BMP image";
  }

  private static void checkClasses(Path given, Path root, List<String> classes, int minimum) {
    if (classes.isEmpty()) {
      String hint =
          children(root).stream()
              .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
              .filter(child -> children(child).stream().anyMatch(Listing::hasImages))
              .findFirst()
              .map(child -> "; did you mean --data " + given.resolve(child.getFileName()) + "?")
              .orElse("");
      throw new UserException("no images in " + given + "; " + EXPECTED + hint);
    }
    if (classes.size() < minimum) {
      throw new UserException(
          Text.format(
              "%s has %d class folder (%s); expected at least %d sub-folders with images, one a class",
              given, classes.size(), String.join(", ", classes), minimum));
    }
  }

  private static boolean hasImages(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && children(folder).stream()
            .anyMatch(path -> ImageFormat.isImageName(path.getFileName().toString()));
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
        "cannot read the folder "
            + folder
            + " ("
            + e.getClass().getSimpleName()
            + "); allow reading it, or give another --data",
        e);
  }

  /**
   * A sample of {@code limit} files that keeps the shares of the classes, at least one of each: in
   * every class the files whose keyed hash is smallest, so that a larger sample contains a smaller
   * one.
   */
  Listing sample(int limit, long seed) {
    if (limit <= 0 || limit >= items.size()) {
      return this;
    }
    if (limit < classes.size()) {
      throw UserException.usage(
          Text.format(
              "--limit %d is less than the %d classes; expected at least one image of each",
              limit, classes.size()));
    }
    List<List<Item>> byClass =
        IntStream.range(0, classes.size())
            .mapToObj(c -> items.stream().filter(item -> item.label == c).toList())
            .toList();
    int[] quota =
        Quotas.of(limit - classes.size(), byClass.stream().mapToDouble(List::size).toArray());
    List<Item> sample = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      byClass.get(c).stream()
          .sorted(KeyedHash.order(seed, "limit", Item::file))
          .limit(quota[c] + 1L)
          .forEach(sample::add);
    }
    sample.sort(Comparator.comparingInt(Item::label).thenComparing(Item::file));
    return new Listing(root, classes, sample, leftOut);
  }
}
