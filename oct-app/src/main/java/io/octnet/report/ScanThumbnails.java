package io.octnet.report;

import io.octnet.explain.Overlay;
import io.octnet.explain.ScanExplainer;
import io.octnet.images.Interpolation;
import io.octnet.images.Png;
import io.octnet.images.Raster8;
import io.octnet.images.ScanRef;
import io.octnet.images.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Thumbnails of scans, with Grad-CAM of a network. */
public final class ScanThumbnails implements Thumbnails {
  private static final int LONGEST = 224;
  private static final float QUALITY = 0.8f;

  private final Map<String, ScanRef> places;
  private final ScanExplainer explainer;

  /**
   * Of the scans of a data set.
   *
   * @param places where each lies, by its name
   */
  public ScanThumbnails(Map<String, ScanRef> places, ScanExplainer explainer) {
    this.places = places;
    this.explainer = explainer;
  }

  @Override
  public Optional<Pair> of(String file, int label) {
    ScanRef place = places.get(file);
    if (place == null) {
      return Optional.empty();
    }
    try {
      ScanExplainer.Explained found = explainer.explain(place, label);
      Raster8 small = small(found.scan());
      return Optional.of(new Pair(jpeg(small), jpeg(Overlay.paint(small, found.heat()))));
    } catch (UnreadableImageException e) {
      return Optional.empty();
    }
  }

  private static Raster8 small(Raster8 scan) {
    double scale = (double) LONGEST / Math.max(scan.width(), scan.height());
    if (scale >= 1) {
      return scan;
    }
    int width = Math.max(1, (int) Math.round(scan.width() * scale));
    int height = Math.max(1, (int) Math.round(scan.height() * scale));
    return Interpolation.AREA.resize(scan, width, height);
  }

  private static byte[] jpeg(Raster8 raster) {
    BufferedImage image = Png.image(raster);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
