package io.octnet.compute;

/** Offers {@link ScalarCompute}: runs everywhere, chosen only where nothing better does. */
public final class ScalarProvider implements ComputeProvider {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public String unavailableBecause() {
    return null;
  }

  @Override
  public Compute create(int threads) {
    return new ScalarCompute();
  }
}
