package io.octnet.peers;

/** An engine that does jobs on the same weights and inputs as octnet. */
interface Peer {
  /** Its name and version. */
  String version();

  /** How far its results are from octnet's, relative to the largest. */
  double check(Job job) throws Exception;

  /** Does the job again and again, as often as it is its turn. */
  void serve(Job job, Turns turns) throws Exception;
}
