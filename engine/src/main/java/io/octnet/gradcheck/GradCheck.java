package io.octnet.gradcheck;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ScalarCompute;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Compares the gradients that the ops compute with central differences of what they compute.
 *
 * <p>The output is weighted by a random gradient, {@code g(x) = sum(y(x) * dy)} in double, and
 * {@code g} is differentiated along directions: single elements, and all elements of an input at
 * once. The differences are taken on {@link ScalarCompute}, whose sums are in double, at points and
 * steps that float holds exactly; so the only error of {@code g} is the final rounding of each
 * {@code y}. That allows long steps, whose truncation error three of them and Richardson's
 * extrapolation remove up to the sixth order. The gradients under test come from the back-end of
 * the calling thread.
 */
public final class GradCheck {
  /**
   * The largest error that passes, relative to the largest derivative of that input, or to 1/32 of
   * the weighted output where all derivatives are smaller: the output's rounding hides them.
   */
  public static final double BOUND = 2e-4;

  /** The same for a whole network. */
  public static final double NETWORK_BOUND = 2e-3;

  private static final double SMALLEST_SCALE = 1 / 32.0;

  private static final float STEP = 1 / 4f;
  private static final float NETWORK_STEP = 1 / 64f; // few kinks fall inside; more rounding error
  private static final int ELEMENTS_PER_INPUT = 24;
  private static final double MOST_SKIPPED = 0.3;

  private GradCheck() {}

  /**
   * What a check found.
   *
   * @param error the worst relative error
   * @param directions how many derivatives were compared
   * @param skipped how many were not, for a kink within the step
   * @param bound the largest error that passes
   */
  public record Outcome(double error, int directions, int skipped, double bound) {
    /** Whether every gradient is right, and enough were seen. */
    public boolean passed() {
      return error <= bound && directions > 0 && skipped <= MOST_SKIPPED * (directions + skipped);
    }
  }

  /**
   * Checks all gradients of a trial.
   *
   * @param seed for the output's gradient and the directions
   */
  public static Outcome check(Trial trial, long seed) {
    RandomStream random = RandomStream.of(seed);
    List<Tensor> leaves = trial.leaves();
    leaves.forEach(leaf -> leaf.requireGrad(true));
    Tensor output = trial.computation().apply(leaves);
    Tensor gradOutput = gradOutput(output.shape(), random);
    Autograd.backward(output, gradOutput);
    try (Compute scalar = new ScalarCompute()) {
      Probe probe = new Probe(trial, output, gradOutput, scalar);
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        outcomes.add(checkInput(probe, i, leaves.get(i), trial.network(), random));
      }
      return combine(outcomes);
    }
  }

  private static Outcome checkInput(
      Probe probe, int input, Tensor leaf, boolean network, RandomStream random) {
    List<float[]> directions = directions(leaf.size(), random);
    List<Estimate> estimates =
        directions.stream().map(direction -> probe.derivative(input, direction)).toList();
    double scale = Math.max(probe.magnitude * SMALLEST_SCALE, Float.MIN_NORMAL);
    for (Estimate estimate : estimates) {
      scale = Math.max(scale, Math.abs(estimate.value()));
    }
    double bound = network ? NETWORK_BOUND : BOUND;
    double worst = 0;
    int skipped = 0;
    for (int i = 0; i < directions.size(); i++) {
      double error = estimates.get(i).distance(along(leaf.grad(), directions.get(i)));
      if (network && error > bound * scale && estimates.get(i).roughness() > error) {
        skipped++;
      } else {
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error / scale);
      }
    }
    return new Outcome(worst, directions.size() - skipped, skipped, bound);
  }

  private static Outcome combine(List<Outcome> outcomes) {
    return new Outcome(
        outcomes.stream().mapToDouble(Outcome::error).max().orElse(0),
        outcomes.stream().mapToInt(Outcome::directions).sum(),
        outcomes.stream().mapToInt(Outcome::skipped).sum(),
        outcomes.getFirst().bound());
  }

  /** Multiples of 1/64 in [-1, 1], none of them 0. */
  private static Tensor gradOutput(Shape shape, RandomStream random) {
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (random.nextInt(64) + 1) / (random.nextInt(2) == 0 ? 64f : -64f);
    }
    return Tensor.of(shape, data);
  }

  /** Some elements, or all if they are few; and signs for all of them, of length about 1. */
  private static List<float[]> directions(int size, RandomStream random) {
    List<float[]> directions = new ArrayList<>();
    int[] order = random.permutation(size);
    for (int i = 0; i < Math.min(size, ELEMENTS_PER_INPUT); i++) {
      float[] unit = new float[size];
      unit[order[i]] = 1;
      directions.add(unit);
    }
    float[] signs = new float[size];
    float length = Math.scalb(1f, -Math.getExponent(Math.sqrt(size))); // a power of two: exact
    for (int i = 0; i < size; i++) {
      signs[i] = random.nextInt(2) == 0 ? length : -length;
    }
    directions.add(signs);
    return directions;
  }

  /** The analytic derivative; a leaf that got no gradient counts as zeros. */
  private static double along(Tensor grad, float[] direction) {
    double sum = 0;
    for (int i = 0; grad != null && i < direction.length; i++) {
      sum += (double) grad.data()[i] * direction[i];
    }
    return sum;
  }

  /**
   * A numeric derivative.
   *
   * @param roughness no less than its error if the function has a kink within the step
   * @param uncertainty how far two extrapolations are apart: what the numbers cannot tell where the
   *     function bends within the step, such as a norm over values that are nearly equal
   */
  private record Estimate(double value, double roughness, double uncertainty) {
    /** How much farther from this an analytic derivative is than the numbers can tell. */
    double distance(double analytic) {
      double difference = Math.abs(analytic - value);
      return Double.isNaN(difference) ? difference : Math.max(0, difference - uncertainty);
    }
  }

  /** The weighted sum of a trial's output on the scalar back-end, and its derivatives. */
  private static final class Probe {
    private final Trial trial;
    private final float[] weights;
    private final Compute scalar;
    private final double centre;
    private final double magnitude; // root of the sum of squares of the weighted output

    Probe(Trial trial, Tensor output, Tensor gradOutput, Compute scalar) {
      this.trial = trial;
      this.weights = gradOutput.data();
      this.scalar = scalar;
      this.centre = value(trial.leaves());
      double squares = 0;
      for (int i = 0; i < weights.length; i++) {
        double weighted = (double) output.data()[i] * weights[i];
        squares += weighted * weighted;
      }
      this.magnitude = Math.sqrt(squares);
    }

    /**
     * Along a direction of one input. With steps h, h/2, h/4 the central differences D have errors
     * in h^2, h^4, ...; two extrapolations remove both. A kink at a distance of u h, whose slopes
     * differ by j, spoils the result by at most j/2, and shows: where the second differences do not
     * shrink with the step by {@code j |1 - 3u|}, or else where the D do not by at least as much.
     */
    Estimate derivative(int input, float[] direction) {
      double[] central = new double[3];
      double[] second = new double[3];
      for (int i = 0; i < 3; i++) {
        float step = Math.scalb(trial.network() ? NETWORK_STEP : STEP, -i);
        double after = moved(input, direction, step);
        double before = moved(input, direction, -step);
        central[i] = (after - before) / (2 * step);
        second[i] = (after - 2 * centre + before) / step;
      }
      double coarse = (4 * central[1] - central[0]) / 3;
      double fine = (4 * central[2] - central[1]) / 3;
      double roughness =
          Math.max(
              Math.abs(second[0] - 2 * second[1]),
              Math.abs(central[0] - 5 * central[1] + 4 * central[2]));
      double uncertainty = trial.network() ? 0 : Math.abs(fine - coarse); // a network has kinks
      return new Estimate((16 * fine - coarse) / 15, roughness, uncertainty);
    }

    private double moved(int input, float[] direction, float step) {
      List<Tensor> leaves = trial.leaves();
      float[] data = leaves.get(input).data();
      for (int i = 0; i < data.length; i++) {
        data[i] += step * direction[i];
      }
      return value(leaves);
    }

    private double value(List<Tensor> inputs) {
      Supplier<Tensor> forward = () -> trial.computation().apply(inputs);
      Tensor output = onScalar(() -> Autograd.noGrad(forward));
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += (double) output.data()[i] * weights[i];
      }
      output.release();
      return sum;
    }

    private Tensor onScalar(Supplier<Tensor> computation) {
      try {
        return Backend.with(scalar, computation::get);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e); // a Supplier throws nothing checked
      }
    }
  }
}
