package io.octnet.explain;

import io.octnet.autograd.Autograd;
import io.octnet.layers.AveragePooling2D;
import io.octnet.layers.Dropout;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Pass;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * Gradient-weighted class activation mapping (Selvaraju et al., 2017). With the feature maps {@code
 * A_k} of the last layer that still knows places, and the logit {@code y_c} of a class,
 *
 * <pre>{@code
 * alpha_k = mean over i, j of d y_c / d A_k[i, j]
 * heat    = relu(sum over k of alpha_k A_k)
 * }</pre>
 *
 * and the heat is divided by its maximum. No heat at all means that nothing in the picture speaks
 * for the class.
 */
public final class GradCam implements AutoCloseable {
  private final String layer;
  private final Inference features;
  private final Model head;

  /**
   * Of a model, whose weights are frozen by this: gradients go to the feature maps alone.
   *
   * @throws IllegalArgumentException when no layer of it has places
   */
  public GradCam(Model model) {
    model.setTrainable(each -> false);
    this.layer = lastWithPlaces(model);
    this.features = Inference.of(model.until(layer));
    this.head = model.after(layer);
  }

  /**
   * What a network says of a picture, and where it saw it.
   *
   * @param logits (classes), what the softmax is applied to
   * @param heat for the class that was asked for
   */
  public record Explanation(float[] logits, int explained, HeatMap heat) {}

  /** The layer whose feature maps are looked at. */
  public String layer() {
    return layer;
  }

  /** A pooled or dropped map says less than the one before it. */
  private static String lastWithPlaces(Model model) {
    List<Layer> layers = model.layers();
    for (int i = layers.size() - 1; i > 0; i--) {
      Layer candidate = layers.get(i);
      Shape shape = model.outputShape(candidate.name());
      boolean coarser =
          candidate instanceof MaxPooling2D
              || candidate instanceof AveragePooling2D
              || candidate instanceof Dropout;
      if (shape.rank() == 3 && !coarser) {
        return candidate.name();
      }
    }
    throw new IllegalArgumentException(model + " has no layer with places (H, W, C)");
  }

  /** Explains the likeliest class of one picture, (1, H, W, 3). */
  public Explanation likeliest(Tensor x) {
    return explain(x, -1);
  }

  /** Explains a class of one picture, (1, H, W, 3). */
  public Explanation of(Tensor x, int label) {
    return explain(x, label);
  }

  private Explanation explain(Tensor x, int wanted) {
    Tensor maps = features.predict(x).requireGrad(true); // A: (1, h, w, K)
    Tensor y = head.logits(maps, Pass.INFERENCE); // y: (1, classes)
    float[] logits = y.toArray();
    int label = wanted < 0 ? argmax(logits) : wanted;
    Tensor one = Tensor.zeros(y.shape());
    one.data()[label] = 1;
    Autograd.backward(y, one);
    HeatMap heat = heat(maps.data(), maps.grad().data(), maps.shape());
    maps.zeroGrad();
    y.release();
    maps.release();
    return new Explanation(logits, label, heat);
  }

  private static int argmax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  static HeatMap heat(float[] maps, float[] gradient, Shape shape) {
    int height = shape.dim(1);
    int width = shape.dim(2);
    int channels = shape.dim(3);
    double[] alpha = new double[channels];
    for (int i = 0; i < height * width * channels; i++) {
      alpha[i % channels] += gradient[i];
    }
    float[] heat = new float[height * width];
    float most = 0;
    for (int place = 0; place < heat.length; place++) {
      double sum = 0;
      for (int k = 0; k < channels; k++) {
        sum += alpha[k] / heat.length * maps[place * channels + k];
      }
      heat[place] = (float) Math.max(0, sum);
      most = Math.max(most, heat[place]);
    }
    for (int place = 0; most > 0 && place < heat.length; place++) {
      heat[place] /= most;
    }
    return new HeatMap(height, width, heat);
  }

  /** Lets the back-end forget what it kept of the weights. */
  @Override
  public void close() {
    features.close();
  }
}
