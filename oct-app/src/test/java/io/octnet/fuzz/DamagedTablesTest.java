package io.octnet.fuzz;

import io.octnet.catalogue.DataFolder;
import io.octnet.layouts.Layouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A damaged table of labels is read, or refused in one line. */
class DamagedTablesTest {
  private static final byte[] TABLE =
      """
      image,label,patient_id,eye,volume,extra
      a.png,CNV,17,OD,v1,1
      b.png,CNV,17,OS,v2,2
      "c.png",DME,"18",left,v3,"x, y"
      d.png,DME,19,,,
      """
          .getBytes(StandardCharsets.UTF_8);

  private static Path folder;
  private static Path table;

  @BeforeContainer
  static void make() throws Exception {
    folder = Files.createTempDirectory("octnet-tables");
    table = folder.resolve("labels.csv");
    new DataFolder(folder).image("a.png").image("b.png").image("c.png").image("d.png");
  }

  @AfterContainer
  static void clean() throws Exception {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(folder);
  }

  @Property(
      tries = 2000,
      seed = "4715",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedTableIsReadOrRefusedInOneLine(@ForAll long seed) throws Exception {
    Files.write(table, Damage.text(TABLE, new Random(seed)));
    Watched.read(() -> Layouts.read(folder, table));
  }
}
