package io.octnet.peers;

/** An engine that does jobs on the same weights and inputs as octnet. */
interface Peer {
  /** How far its results are from octnet's, relative to the largest. */
  double check(String[] job) throws Exception;

  /** Seconds of each of several repetitions, after a warm-up. */
  double[] measure(String[] job) throws Exception;
}
