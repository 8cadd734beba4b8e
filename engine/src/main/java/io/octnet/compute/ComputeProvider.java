package io.octnet.compute;

import java.util.List;

/**
 * Makes a back-end; found by {@link java.util.ServiceLoader}, so that the engine need not know all
 * of them.
 */
public interface ComputeProvider {

  /** The name to ask for it by: {@code scalar}, {@code simd}, {@code opencl}. */
  String name();

  /** Who is chosen when nobody was asked for: the highest; negative means only by name. */
  int priority();

  /** Null if it can run here, else the reason why not, as a sentence without its full stop. */
  String unavailableBecause();

  /** The devices that it could run on, best first; none where that is no question. */
  default List<String> devices() {
    return List.of();
  }

  /**
   * A new back-end.
   *
   * @param threads how many threads it may use, itself included
   */
  Compute create(int threads);
}
