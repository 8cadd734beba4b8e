package io.octnet.compute;

/** Elementwise functions; the derivative is given by the input x and the output y. */
public enum Unary {
  /** {@code max(x, 0)}; derivative 0 at 0. */
  RELU,
  /** {@code x} where positive, else {@code parameter * x}; derivative {@code parameter} at 0. */
  LEAKY_RELU,
  /** {@code 1 / (1 + exp(-x))}; derivative {@code y * (1 - y)}. */
  SIGMOID,
  /** {@code tanh(x)}; derivative {@code 1 - y * y}. */
  TANH,
  /** {@code parameter * x}; derivative {@code parameter}. */
  SCALE
}
