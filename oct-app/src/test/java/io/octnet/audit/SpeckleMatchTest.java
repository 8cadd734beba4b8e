package io.octnet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.DataFolder;
import io.octnet.images.Pictures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeckleMatchTest {
  private static final int SIZE = Thumbnails.SIZE;

  @Test
  void theSamePictureIsACopyAndAnotherIsNot() {
    byte[] one = Pictures.gray(SIZE, SIZE, 1).bytes();
    byte[] two = Pictures.gray(SIZE, SIZE, 2).bytes();
    assertThat(SpeckleMatch.similarity(one, one)).isGreaterThan(0.99);
    assertThat(SpeckleMatch.similarity(one, two)).isLessThan(0.3);
  }

  @Test
  void picturesWithoutTextureAreNeverCopies() {
    assertThat(SpeckleMatch.similarity(new byte[SIZE * SIZE], new byte[SIZE * SIZE])).isZero();
  }

  @Test
  void signaturesIgnoreBrightnessAndSeeMirrorImages() {
    byte[] picture = Pictures.gray(SIZE, SIZE, 3).bytes();
    byte[] brighter = new byte[picture.length];
    for (int i = 0; i < brighter.length; i++) {
      picture[i] = (byte) ((picture[i] & 0xff) / 3 + i % SIZE); // brighter to the right
      brighter[i] = (byte) ((picture[i] & 0xff) / 2 + 40);
    }
    Signature signature = new Signature(picture);
    assertThat(signature.cosine(new Signature(brighter), false)).isGreaterThan(0.99);
    Signature mirrored = new Signature(Planes.mirror(picture, SIZE));
    assertThat(signature.cosine(mirrored, true)).isGreaterThan(0.99);
    assertThat(signature.cosine(mirrored, false)).isLessThan(0.5);
    assertThat(signature.signsDiffering(mirrored, true)).isLessThan(20);
    assertThat(signature.signsDiffering(mirrored, false)).isGreaterThan(60);
  }

  @Test
  void controlCharactersOfFileNamesDoNotReachTheTerminal(@TempDir Path root) {
    new DataFolder(root).image("A/A-1-1.png").image("B/B-1-1.png").text("A/x\u001b[31m.png", "x");
    Findings findings = Findings.of(CatalogueReader.read(root, CatalogueOptions.DEFAULT));
    assertThat(AuditText.of(findings, 5)).doesNotContain("\u001b").contains("A/x\\u001b[31m.png");
  }
}
