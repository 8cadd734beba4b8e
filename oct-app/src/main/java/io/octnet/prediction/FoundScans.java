package io.octnet.prediction;

import io.octnet.UserException;
import io.octnet.images.ScanFile;
import io.octnet.images.ScanRef;
import io.octnet.layouts.ScanTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The scans that names stand for: files as they are, each frame of a file of several, and folders
 * with all that lies below them, in the order of names.
 *
 * @param notes links that lead nowhere, and the like, a line each
 */
public record FoundScans(List<ScanRef> scans, List<String> notes) {

  /**
   * Looks names up.
   *
   * @throws UserException when a folder cannot be read, or holds no image
   */
  public static FoundScans of(List<Path> names) {
    FoundScans found = new FoundScans(new ArrayList<>(), new ArrayList<>());
    for (Path name : names) {
      if (Files.isDirectory(name)) {
        found.below(name);
      } else {
        found.add(name);
      }
    }
    return found;
  }

  private void below(Path folder) {
    ScanTree tree = ScanTree.of(folder);
    tree.leftOut()
        .forEach(
            left -> notes.add("left out: " + folder.resolve(left.file()) + ": " + left.reason()));
    tree.notes().forEach(note -> notes.add("note: " + note));
    List<String> files = tree.trunk().scansBelow();
    if (files.isEmpty()) {
      throw new UserException(
          "no images in "
              + folder
              + "; expected scans of a format that is read, e.g. JPEG, PNG, TIFF or DICOM");
    }
    files.forEach(file -> add(folder.resolve(file)));
  }

  private void add(Path file) {
    int frames = ScanFile.count(file);
    if (frames == 1) {
      scans.add(ScanRef.of(file));
      return;
    }
    for (int frame = 1; frame <= frames; frame++) {
      scans.add(new ScanRef(file, frame));
    }
  }
}
