package io.octnet.optimizers;

import io.octnet.text.Text;

/** A learning rate for each step, as Keras's schedules of the same names. */
@FunctionalInterface
public interface Schedule {

  /** The learning rate of a step; the first is 0. */
  double at(long step);

  /** {@code rate * decayRate^(step / decaySteps)}, in whole numbers of decaySteps if staircase. */
  record ExponentialDecay(double rate, long decaySteps, double decayRate, boolean staircase)
      implements Schedule {
    @Override
    public double at(long step) {
      double periods = (double) step / decaySteps;
      return rate * Math.pow(decayRate, staircase ? Math.floor(periods) : periods);
    }
  }

  /**
   * Linear from 0 to the rate over the warm-up, then half a cosine down to {@code alpha * rate}
   * over decaySteps.
   */
  record CosineDecay(double rate, long decaySteps, double alpha, long warmupSteps)
      implements Schedule {
    @Override
    public double at(long step) {
      if (step < warmupSteps) {
        return rate * step / warmupSteps;
      }
      double done = Math.min((double) (step - warmupSteps) / decaySteps, 1);
      return rate * ((1 - alpha) * 0.5 * (1 + StrictMath.cos(Math.PI * done)) + alpha);
    }
  }

  /** {@code rates[i]} while {@code step <= boundaries[i]}, after all of them the last rate. */
  record PiecewiseConstantDecay(long[] boundaries, double[] rates) implements Schedule {
    public PiecewiseConstantDecay {
      if (rates.length != boundaries.length + 1) {
        throw new IllegalArgumentException(
            Text.format(
                "%d boundaries need %d rates, received %d",
                boundaries.length, boundaries.length + 1, rates.length));
      }
      boundaries = boundaries.clone();
      rates = rates.clone();
    }

    @Override
    public double at(long step) {
      int i = 0;
      while (i < boundaries.length && step > boundaries[i]) {
        i++;
      }
      return rates[i];
    }
  }
}
