package io.octnet.catalogue;

import io.octnet.images.Pictures;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds small data folders for tests. */
public final class DataFolder {
  private final Path root;
  private long seed;

  public DataFolder(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /** A new gray PNG, different from all before it. */
  public DataFolder image(String file) {
    return file(file, Pictures.encode(Pictures.gray(24, 16, ++seed), "png"));
  }

  /** {@code perPatient} images for each of these patients of a class. */
  public DataFolder patients(String className, int first, int last, int perPatient) {
    for (int patient = first; patient <= last; patient++) {
      for (int n = 1; n <= perPatient; n++) {
        image(Text.format("%s/%s-%d-%d.png", className, className, patient, n));
      }
    }
    return this;
  }

  public DataFolder text(String file, String content) {
    return file(file, content.getBytes(StandardCharsets.UTF_8));
  }

  public DataFolder file(String file, byte[] content) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Catalogue read() {
    return CatalogueReader.read(root, CatalogueOptions.DEFAULT);
  }
}
