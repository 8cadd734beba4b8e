package io.octnet.layers;

import io.octnet.random.RandomStream;

/**
 * What a forward pass is for.
 *
 * @param training whether batch norms use their batch's statistics and dropout drops
 * @param seed what the random numbers of this pass derive from; another one for each step
 */
public record Pass(boolean training, long seed) {
  /** For predictions: nothing is random. */
  public static final Pass INFERENCE = new Pass(false, 0);

  /** One step of a training: the same numbers give the same pass, in a resumed run, too. */
  public static Pass training(long seed, int epoch, int step) {
    return new Pass(
        true, RandomStream.derive(RandomStream.derive(seed, "epoch", epoch), "step", step));
  }

  /** The seed of one layer in this pass. */
  public long seedOf(Layer layer) {
    return RandomStream.derive(seed, layer.name(), 0);
  }
}
