package io.octnet.peers;

import java.util.Arrays;
import java.util.Locale;

/** {@code PEER [check] JOB...}: prints the largest difference, or seconds a line. */
public final class Main {
  private Main() {}

  /** The jobs: train NETWORK BATCH, predict NETWORK BATCH, sgemm N. */
  public static void main(String[] args) throws Exception {
    Peer peer =
        switch (args[0]) {
          case "octnet" -> new OctnetPeer();
          case "pytorch" -> new PyTorchPeer();
          case "onnxruntime" -> new OnnxPeer();
          case "openblas" -> new OpenBlasPeer();
          default -> throw new IllegalArgumentException("unknown peer " + args[0]);
        };
    if (args[1].equals("check")) {
      double error = peer.check(Arrays.copyOfRange(args, 2, args.length));
      System.out.printf(Locale.ROOT, "%.1e%n", error);
    } else {
      for (double seconds : peer.measure(Arrays.copyOfRange(args, 1, args.length))) {
        System.out.printf(Locale.ROOT, "%.9f%n", seconds);
      }
    }
    System.exit(0);
  }
}
