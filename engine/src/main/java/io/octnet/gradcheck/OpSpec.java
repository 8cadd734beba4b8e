package io.octnet.gradcheck;

import java.util.function.Function;

/**
 * How to draw trials of one op.
 *
 * @param name as in the table of {@code gradcheck}
 * @param op the class in {@code io.octnet.ops}
 * @param draw a trial with random shapes, parameters and values
 */
public record OpSpec(String name, Class<?> op, Function<Draw, Trial> draw) {
  @Override
  public String toString() {
    return name;
  }
}
