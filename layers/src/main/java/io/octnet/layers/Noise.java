package io.octnet.layers;

import io.octnet.ops.Add;
import io.octnet.ops.Multiply;
import io.octnet.ops.ScaleShift;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Noise in training, nothing otherwise: Keras's GaussianNoise, GaussianDropout, AlphaDropout. */
public final class Noise extends Layer {
  /** What a SELU tends to for small inputs: {@code -scale * alpha}. */
  private static final double SELU_LEAST = -1.0507009873554805 * 1.6732632423543772;

  private final Kind kind;
  private final double amount;

  /** Which noise. */
  public enum Kind {
    /** {@code x + stddev * normal}. */
    GAUSSIAN_NOISE("GaussianNoise", "stddev"),
    /** {@code x * (1 + sqrt(rate / (1 - rate)) * normal)}. */
    GAUSSIAN_DROPOUT("GaussianDropout", "rate"),
    /** Dropout to what SELU tends to, mean and variance kept. Klambauer et al., 2017. */
    ALPHA_DROPOUT("AlphaDropout", "rate");

    private final String className;
    private final String attribute;

    Kind(String className, String attribute) {
      this.className = className;
      this.attribute = attribute;
    }
  }

  /** With a standard deviation, or a rate in [0, 1). */
  public Noise(Kind kind, double amount) {
    this.kind = kind;
    this.amount = amount;
    boolean rate = kind != Kind.GAUSSIAN_NOISE;
    if (!(amount >= 0) || rate && amount >= 1 || Double.isInfinite(amount)) {
      throw error("%s must not be negative, nor a rate 1; received %s", kind.attribute, amount);
    }
  }

  @Override
  public String className() {
    return kind == null ? "Noise" : kind.className;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (!pass.training() || amount == 0) {
      return x.retain();
    }
    long seed = pass.seedOf(this);
    return switch (kind) {
      case GAUSSIAN_NOISE -> with(x, normal(x.shape(), seed, 0, amount), true);
      case GAUSSIAN_DROPOUT ->
          with(x, normal(x.shape(), seed, 1, Math.sqrt(amount / (1 - amount))), false);
      case ALPHA_DROPOUT -> alpha(x, seed);
    };
  }

  private static Tensor with(Tensor x, Tensor noise, boolean sum) {
    return sum ? Add.add(x, noise) : Multiply.multiply(x, noise);
  }

  private static Tensor normal(Shape shape, long seed, double mean, double deviation) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return Tensor.of(shape, values);
  }

  /** {@code a * (x kept, else least) + b}. */
  private Tensor alpha(Tensor x, long seed) {
    double a = 1 / Math.sqrt((1 - amount) * (1 + amount * SELU_LEAST * SELU_LEAST));
    double b = -a * SELU_LEAST * amount;
    float[] kept = new float[x.size()];
    float[] others = new float[x.size()];
    for (int i = 0; i < kept.length; i++) {
      boolean stays = RandomStream.uniform(seed, i) >= amount;
      kept[i] = stays ? 1 : 0;
      others[i] = stays ? 0 : (float) SELU_LEAST;
    }
    Tensor masked = Multiply.multiply(x, Tensor.of(x.shape(), kept));
    Tensor filled = Add.add(masked, Tensor.of(x.shape(), others));
    float[] scale = new float[x.dim(-1)];
    float[] shift = new float[x.dim(-1)];
    Arrays.fill(scale, (float) a);
    Arrays.fill(shift, (float) b);
    Tensor y = ScaleShift.scaleShift(filled, scale, shift);
    masked.release();
    filled.release();
    return y;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of(kind.attribute, amount);
  }
}
