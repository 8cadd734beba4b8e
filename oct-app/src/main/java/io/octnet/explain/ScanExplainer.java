package io.octnet.explain;

import io.octnet.UserException;
import io.octnet.images.BitDepth;
import io.octnet.images.Interpolation;
import io.octnet.images.Raster8;
import io.octnet.images.ScanReader;
import io.octnet.images.ScanRef;
import io.octnet.images.UnreadableImageException;
import io.octnet.prediction.TrainedModel;
import io.octnet.runs.ModelInfo;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;

/** Explains image files with a trained network. */
public final class ScanExplainer implements AutoCloseable {
  private final ModelInfo info;
  private final GradCam gradCam;
  private final ScanReader reader;

  /**
   * With a network, which is frozen by this.
   *
   * @param depth of 16-bit samples, where the network does not say it
   */
  public ScanExplainer(TrainedModel trained, BitDepth depth) {
    this.info = trained.info();
    this.gradCam = new GradCam(trained.model());
    this.reader = new ScanReader(info.depth() == null ? depth : info.depth());
  }

  /**
   * What is said of a scan.
   *
   * @param probabilities of the classes
   * @param explained the class that the picture is of
   * @param scan in its own size
   * @param heat over all of the scan
   */
  public record Explained(float[] probabilities, int explained, Raster8 scan, HeatMap heat) {
    /** The scan with the heat map over it. */
    public Raster8 picture() {
      return Overlay.paint(scan, heat);
    }
  }

  /**
   * The index of a class.
   *
   * @throws UserException when the network does not know it
   */
  public int label(String name) {
    int label = info.classes().indexOf(name);
    if (label < 0) {
      throw UserException.usage(
          Text.format(
              "--class '%s' is unknown; expected one of %s",
              name, String.join(", ", info.classes())));
    }
    return label;
  }

  /**
   * Explains a scan.
   *
   * @param label the class to explain; null: what the network says
   */
  public Explained explain(ScanRef file, Integer label) throws UnreadableImageException {
    Raster8 scan = reader.read(file);
    int size = info.imageSize();
    Raster8 small = Interpolation.LINEAR.resize(scan, size, size);
    Tensor x = Tensor.zeros(Shape.of(1, size, size, 3));
    info.preprocess().apply(small.bytes(), small.channels(), size * size, x.data(), 0);
    GradCam.Explanation found = label == null ? gradCam.likeliest(x) : gradCam.of(x, label);
    return new Explained(softmax(found.logits()), found.explained(), scan, found.heat());
  }

  /** A name of the scan without its patient's, where the file says it. */
  public String masked(ScanRef scan, String name) {
    return reader.masked(scan, name);
  }

  private static float[] softmax(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    float[] probabilities = new float[logits.length];
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] = (float) (Math.exp(logits[c] - most) / sum);
    }
    return probabilities;
  }

  @Override
  public void close() {
    reader.close();
    gradCam.close();
  }
}
