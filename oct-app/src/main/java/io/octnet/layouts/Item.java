package io.octnet.layouts;

import io.octnet.images.ScanFacts;
import io.octnet.images.ScanRef;
import java.nio.file.Path;

/**
 * A file of scans, or one frame of it, and what the layout says of it.
 *
 * @param file path relative to the data folder, with {@code /}
 * @param frame from 1; 0: all there are
 * @param label index of its class
 * @param facts patient, eye and volume, where the layout says them
 * @param part {@code train}, {@code validation} or {@code test}, where the layout says it, else
 *     empty
 */
public record Item(String file, int frame, int label, ScanFacts facts, String part) {
  /** The name in tables: the file, and the frame where it is one of several. */
  public String name() {
    return ScanRef.text(file, frame);
  }

  /** Where it lies. */
  public Path path(Path root) {
    return root.resolve(file);
  }
}
