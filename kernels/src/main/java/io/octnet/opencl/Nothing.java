package io.octnet.opencl;

/** What stands where a kernel has no array: Aparapi does not take null. */
final class Nothing {
  static final float[] FLOATS = new float[1];

  private Nothing() {}
}
