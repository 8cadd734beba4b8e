package io.octnet.peers;

import java.nio.file.Path;
import java.util.Locale;

/** {@code PEER check|serve JOB}: one engine, in the JVM of its own that {@link Compare} starts. */
public final class Main {
  private Main() {}

  /** Prints version and largest difference, or takes its turns. */
  public static void main(String[] args) throws Exception {
    Job job = Job.parse(args[2]);
    if (args[1].equals("export")) {
      Exchange.write(job, Path.of(System.getProperty("peers.folder")));
      System.out.println(Turns.MARK + "written");
      System.exit(0);
    }
    Peer peer =
        switch (args[0]) {
          case "octnet" -> new OctnetPeer();
          case "pytorch" -> new PyTorchPeer();
          case "tensorflow" -> new TensorFlowPeer();
          case "onnxruntime" -> new OnnxPeer();
          case "openblas" -> new OpenBlasPeer();
          case "dl4j" -> // of another module
              (Peer)
                  Class.forName("io.octnet.peers.Dl4jPeer").getDeclaredConstructor().newInstance();
          default -> throw new IllegalArgumentException("unknown peer " + args[0]);
        };
    if (args[1].equals("check")) {
      double error = peer.check(job);
      System.out.printf(Locale.ROOT, "%s%.2e %s%n", Turns.MARK, error, peer.version());
    } else {
      peer.serve(job, new Turns());
    }
    System.exit(0);
  }
}
