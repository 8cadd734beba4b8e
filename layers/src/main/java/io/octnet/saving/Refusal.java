package io.octnet.saving;

/** Why a configuration is not taken, before anybody knows which file it is from. */
final class Refusal extends RuntimeException {
  Refusal(String problem) {
    super(problem);
  }
}
