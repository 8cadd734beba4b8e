package io.octnet.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.DataFolder;
import io.octnet.catalogue.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCsvTest {
  @TempDir private Path folder;
  private Catalogue catalogue;
  private Path file;

  @BeforeEach
  void data() {
    catalogue =
        new DataFolder(folder.resolve("data"))
            .patients("CNV", 1, 5, 2)
            .patients("DME", 6, 10, 1)
            .image("DME/a \"quoted\", strange name.png")
            .read();
    file = folder.resolve("split.csv");
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    Split split = Splitter.byPatient(catalogue, Fractions.ARTICLE, 3);
    SplitCsv.write(split, file);
    Split read = SplitCsv.read(file, catalogue);
    assertThat(read.parts()).isEqualTo(split.parts());
    assertThat(read.catalogue()).isEqualTo(catalogue);
    assertThat(read.rule()).isEqualTo(Split.Rule.FILE);
    assertThat(read.notes()).isEmpty();
    assertThat(Files.readAllLines(file).getFirst()).isEqualTo("file,sha256,patient,class,split");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void scansWithoutARowAreLeftOutAndCounted() throws Exception {
    write("CNV/CNV-1-1.png,,1,CNV,train", "DME/DME-6-1.png,,6,DME,test");
    Split split = SplitCsv.read(file, catalogue);
    assertThat(split.catalogue().files()).containsExactly("CNV/CNV-1-1.png", "DME/DME-6-1.png");
    assertThat(split.parts()).containsExactly(Part.TRAIN, Part.TEST);
    assertThat(split.notes()).singleElement().asString().startsWith("14 images are not in");
  }

  @Test
  void aPatientKnownOnlyToTheFileIsTakenFromIt() throws Exception {
    write("\"DME/a \"\"quoted\"\", strange name.png\",,77,DME,train");
    Split split = SplitCsv.read(file, catalogue);
    assertThat(split.catalogue().scans()).extracting(Scan::patient).containsExactly("77");
  }

  @Test
  void aFileThatDoesNotFitTheDataIsRefusedWithItsReason() throws Exception {
    Scan scan = catalogue.scans().getFirst();
    String good = scan.file() + "," + scan.sha256() + ",1,CNV,train";
    assertRefused("twice", good, good);
    assertRefused("not readable images of", "CNV/none.png,,1,CNV,train");
    assertRefused("sha256 of CNV/CNV-1-1.png is 'abc'", "CNV/CNV-1-1.png,abc,1,CNV,train");
    assertRefused("class of CNV/CNV-1-1.png is 'DME'", "CNV/CNV-1-1.png,,1,DME,train");
    assertRefused("patient of CNV/CNV-1-1.png is '2'", "CNV/CNV-1-1.png,,2,CNV,train");
    assertRefused("line 3: split is 'Train'", good, "CNV/CNV-1-2.png,,1,CNV,Train");
    assertRefused("expected 5 fields, received 2", "CNV/CNV-1-1.png,train");
    assertRefused("has no rows");
    assertThatThrownBy(() -> SplitCsv.read(folder.resolve("missing.csv"), catalogue))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read the split file");
    Files.writeString(file, "a,b\n1,2\n");
    assertThatThrownBy(() -> SplitCsv.read(file, catalogue))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has the columns [a, b]");
  }

  @Test
  void bytesThatAreNoCsvAreRefused() throws Exception {
    Files.write(file, new byte[] {'f', (byte) 0xff, (byte) 0xfe, '"', 0, '\n', '"', 'x'});
    assertThatThrownBy(() -> SplitCsv.read(file, catalogue)).isInstanceOf(UserException.class);
  }

  private void write(String... rows) throws Exception {
    Files.writeString(
        file, "file,sha256,patient,class,split\n" + String.join("\n", List.of(rows)) + "\n");
  }

  private void assertRefused(String reason, String... rows) throws Exception {
    write(rows);
    assertThatThrownBy(() -> SplitCsv.read(file, catalogue))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }
}
