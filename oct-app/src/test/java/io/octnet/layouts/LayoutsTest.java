package io.octnet.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import io.octnet.catalogue.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways in which people's scans lie, as ../shared/cases tells them. */
class LayoutsTest {
  @TempDir private Path root;
  private DataFolder data;

  @BeforeEach
  void makeFolder() {
    data = new DataFolder(root);
  }

  private Listing list() {
    return Layouts.read(root, null);
  }

  private static List<String> files(Listing listing) {
    return listing.items().stream().map(Item::file).toList();
  }

  private void refused(String... parts) {
    assertThatThrownBy(this::list)
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void theArticlesOwnDownloadIsPooledFromItsParts() {
    data.image("OCT2017 /train/CNV/CNV-1-1.jpeg")
        .image("OCT2017 /train/DME/DME-2-1.jpeg")
        .image("OCT2017 /test/CNV/CNV-1-2.jpeg")
        .image("OCT2017 /test/DME/DME-3-1.jpeg")
        .image("OCT2017 /val/CNV/CNV-4-1.jpeg")
        .image("OCT2017 /val/DME/DME-5-1.jpeg")
        .text("OCT2017 /.DS_Store", "x")
        .image("__MACOSX/OCT2017 /train/CNV/._CNV-1-1.jpeg");
    Listing listing = list();
    assertThat(listing.layout())
        .isEqualTo("parts test, train, val, a folder a class in each, in OCT2017 ");
    assertThat(listing.classes()).containsExactly("CNV", "DME");
    assertThat(listing.leftOut()).isEmpty();
    assertThat(files(listing))
        .containsExactly(
            "OCT2017 /test/CNV/CNV-1-2.jpeg",
            "OCT2017 /train/CNV/CNV-1-1.jpeg",
            "OCT2017 /val/CNV/CNV-4-1.jpeg",
            "OCT2017 /test/DME/DME-3-1.jpeg",
            "OCT2017 /train/DME/DME-2-1.jpeg",
            "OCT2017 /val/DME/DME-5-1.jpeg");
    assertThat(listing.items())
        .extracting(Item::part)
        .containsExactly("test", "train", "validation", "test", "train", "validation");
  }

  @Test
  void partsMayHaveOtherNamesAndCases() {
    data.image("Training/A/1.png").image("Training/B/2.png");
    data.image("VALID/A/3.png").image("VALID/B/4.png");
    assertThat(list().items())
        .extracting(Item::part)
        .containsExactly("train", "validation", "train", "validation");
  }

  @Test
  void aPartThatLacksAClassIsRefused() {
    data.image("train/A/1.png").image("train/B/2.png").image("test/A/3.png");
    refused("test has no folder B", "test, train");
  }

  @Test
  void aClassBesideThePartsIsRefused() {
    data.image("train/A/1.png").image("train/B/2.png").image("test/A/3.png").image("C/4.png");
    refused("C with 1 images", "test, train");
  }

  @Test
  void aClassOneFolderTooDeepIsRefusedByName() {
    data.image("CNV/1.png").image("NORMAL/2.png").image("DME/DME/3.png").image("DME/DME/4.png");
    refused("the images of DME lie one folder too deep", "2 in", "DME/DME", "move them up");
  }

  @Test
  void allClassesOneFolderTooDeepAreRefused() {
    data.image("CNV/CNV/1.png").image("DME/DME/2.png");
    refused("the images of CNV lie one folder too deep");
  }

  @Test
  void foldersOfHospitalsAreNotTakenForClasses() {
    data.image("north/CNV/1.png").image("north/DME/2.png");
    data.image("south/CNV/3.png").image("south/DME/4.png");
    refused("the images of north lie one folder too deep");
  }

  @Test
  void anEmptyClassIsRefusedByName() throws IOException {
    data.image("CNV/1.png").image("NORMAL/2.png").text("DME/readme.txt", "soon");
    refused("DME holds no image", "readme.txt");
    Files.delete(root.resolve("DME/readme.txt"));
    refused("DME holds no image");
  }

  @Test
  void imagesWithoutClassFoldersAreRefused() {
    data.image("1.png").image("2.png");
    refused("2 images lie in", "--labels");
  }

  @Test
  void aFolderAPatientInsideTheClassNamesThePatientEyeAndVolume() {
    data.image("AMD/AMD1/001.tif").image("AMD/AMD1/002.tif");
    data.image("AMD/AMD2/OD/001.tif").image("AMD/AMD2/OD/002.tif").image("AMD/AMD2/OS/001.tif");
    data.image("NORMAL/NORMAL3/scan_a.tif").image("NORMAL/NORMAL3/scan_b.tif");
    Listing listing = list();
    assertThat(listing.layout()).isEqualTo("a folder a patient inside each class");
    assertThat(listing.items())
        .extracting(i -> String.join(" ", i.facts().patient(), i.facts().eye(), i.facts().volume()))
        .containsExactly(
            "AMD1  AMD/AMD1",
            "AMD1  AMD/AMD1",
            "AMD2 right AMD/AMD2/OD",
            "AMD2 right AMD/AMD2/OD",
            "AMD2 left ",
            "NORMAL3  ",
            "NORMAL3  ");
  }

  @Test
  void aTableNamesClassesInAnyOrderOfItsColumns() {
    data.image("pictures/amd_1.jpg").image("pictures/no_2.jpg").image("pictures/no_3.png");
    data.text(
        "labels.csv",
        """
        sex;eye;file_name;patient_id;disease
        F;OD;amd_1;77;AMD
        M;OS;no_2.jpg;78;NO
        M;L;pictures/no_3.png;78;NO
        M;L;no_4;78;NO
        """);
    data.image("pictures/unnamed.jpg");
    Listing listing = Layouts.read(root, root.resolve("labels.csv"));
    assertThat(listing.layout())
        .isEqualTo(
            "a table, labels.csv: file from file_name, class from disease, patient from patient_id, eye");
    assertThat(listing.classes()).containsExactly("AMD", "NO");
    assertThat(files(listing))
        .containsExactly("pictures/amd_1.jpg", "pictures/no_2.jpg", "pictures/no_3.png");
    assertThat(listing.items())
        .extracting(i -> i.facts().patient() + " " + i.facts().eye())
        .containsExactly("77 right", "78 left", "78 left");
    assertThat(listing.leftOut())
        .containsExactly(LeftOut.odd("no_4", "named in labels.csv, line 5, and not there"));
    assertThat(listing.notes())
        .containsExactly(
            "1 images are not in labels.csv and are not used, e.g. pictures/unnamed.jpg");
  }

  @Test
  void aTableThatCannotServeSaysWhy() {
    data.image("a/1.png").image("b/1.png").image("b/2.png");
    table("name,class\n1.png,A\n", "has the columns name, class; expected a header");
    table("file,class\n1.png,A\n", "line 2: 1.png may be a/1.png or b/1.png");
    table("file,class\n2.png,A\nb/2.png,B\n", "names b/2.png twice, in lines 2 and 3");
    table("file,class\nx.png,A\n", "none of the 1 files");
    table("file,class\n../b/2.png,A\n", "none of the 1 files");
    table("file,class\n2.png,\n", "line 2: no class");
    table("file,class,split\n2.png,A,holdout\n", "split is 'holdout'");
    table("", "expected a header");
  }

  private void table(String text, String message) {
    Path labels = root.resolve("labels.csv");
    data.text("labels.csv", text);
    assertThatThrownBy(() -> Layouts.read(root, labels))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void linksAreFollowedWhereverTheyLead() throws IOException {
    Path store = Files.createDirectory(root.resolve("store"));
    Path links = Files.createDirectory(root.resolve("links"));
    new DataFolder(store).image("ab/1.png").image("dme/2.png");
    Files.createDirectory(links.resolve("CNV"));
    Files.createSymbolicLink(links.resolve("CNV/CNV-1-1.png"), store.resolve("ab/1.png"));
    Files.createSymbolicLink(links.resolve("CNV/CNV-1-2.png"), store.resolve("ab/1.png"));
    Files.createSymbolicLink(links.resolve("CNV/CNV-9-1.png"), store.resolve("gone.png"));
    Files.createSymbolicLink(links.resolve("CNV/around"), links);
    Files.createSymbolicLink(links.resolve("DME"), store.resolve("dme"));
    Files.createSymbolicLink(root.resolve("all"), links);
    Listing listing = Layouts.read(root.resolve("all"), null);
    assertThat(files(listing)).containsExactly("CNV/CNV-1-1.png", "CNV/CNV-1-2.png", "DME/2.png");
    assertThat(listing.leftOut())
        .extracting(l -> l.file() + ": " + l.reason())
        .containsExactly(
            "CNV/CNV-9-1.png: a link that leads nowhere; is its content fetched?",
            "CNV/around: a link to a folder that it lies in: a loop");
    assertThat(listing.notes())
        .containsExactly(
            "1 names lead to a file that has another name, too: CNV/CNV-1-1.png = CNV/CNV-1-2.png");
  }

  @Test
  void whatSystemsPutIntoFoldersIsPassedOver() {
    data.image("CNV/CNV-1-1.JPEG")
        .image("DME/DME-2-1.PNG")
        .text("CNV/._CNV-1-1.JPEG", "\0\5\26\7")
        .image(".Trashes/old.jpeg")
        .image("@eaDir/thumb.jpeg")
        .image("CNV/@eaDir/CNV-1-1.JPEG")
        .text("CNV/Thumbs.db", "x");
    Listing listing = list();
    assertThat(files(listing)).containsExactly("CNV/CNV-1-1.JPEG", "DME/DME-2-1.PNG");
    assertThat(listing.leftOut()).isEmpty();
  }
}
