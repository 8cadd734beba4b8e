package io.octnet.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures of 12 bits in files of 16, for tests. */
final class Depths {
  private Depths() {}

  /** Each sample of an 8-bit gray PNG, v, as v * 16 + 15: white is 4,095. */
  static byte[] stored12(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage wide =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        wide.getRaster().setSample(x, y, 0, image.getRaster().getSample(x, y, 0) * 16 + 15);
      }
    }
    return encode(wide);
  }

  /** A copy of a scan that is so dark that it could be one of 8 bits. */
  static Path firstBlack(Path folder, Path scan) throws IOException {
    BufferedImage image = ImageIO.read(scan.toFile());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, image.getRaster().getSample(x, y, 0) / 32);
      }
    }
    return Files.write(folder.resolve("dark.png"), encode(image));
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
