package io.octnet.peers;

import io.octnet.benchmarks.Report;
import io.octnet.benchmarks.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * What octnet is after, and how far it is: ratios to a peer on the same job, at 2 threads and 224 x
 * 224. A floor is what must be reached, by machines with AVX2 and with AVX-512; a goal lies above
 * it.
 */
final class Targets {
  private static final boolean WIDE = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512;

  /** Times as fast as the peer. */
  private record Target(String job, String peer, double avx2, double avx512, Double goal) {
    double floor() {
      return WIDE ? avx512 : avx2;
    }
  }

  private static final List<Target> ALL =
      List.of(
          new Target("train cnn3 16", "torch-compile", 2.0, 1.7, 2.5),
          new Target("train cnn3 16", "torch-compile-nchw", 2.0, 1.7, 2.5),
          new Target("train cnn3 16", "pytorch", 3.0, 2.0, null),
          new Target("train cnn7 16", "torch-compile", 2.0, 1.7, 2.5),
          new Target("train cnn7 16", "torch-compile-nchw", 2.0, 1.7, 2.5),
          new Target("train cnn7 16", "pytorch", 2.5, 1.9, null),
          new Target("predict vgg16 8", "onnxruntime", 2.0, 1.8, 2.4),
          new Target("predict resnet50 8", "onnxruntime", 0.9, 0.95, 1.15),
          new Target("predict densenet121 8", "onnxruntime", 1.0, 1.0, 1.25),
          new Target("epoch vgg16 16", "pytorch", 20, 20, 50.0),
          new Target("sgemm square 1024", "openblas", 0.9, 0.8, 1.0));

  private static final double MEMORY_FLOOR = 1.0; // at most
  private static final double MEMORY_GOAL = 0.7;

  private final Map<String, Spread> ratios = new LinkedHashMap<>();
  private final Map<String, double[]> memory = new LinkedHashMap<>(); // ours, the leanest peer's

  /** Whether a row of the table needs it. */
  static boolean has(Job job, String peer) {
    return ALL.stream().anyMatch(t -> t.job.equals(job.toString()) && t.peer.equals(peer));
  }

  /** Something was compared. */
  void add(Job job, String peer, Spread ratio, double[] mib) {
    ratios.put(job + ", " + peer, ratio);
    if (job.kind().equals("train")) {
      memory.merge(
          job.toString(),
          mib.clone(),
          (a, b) -> new double[] {Math.max(a[0], b[0]), Math.min(a[1], b[1])});
    }
  }

  /** The table; nothing without a row. */
  void write(Path folder) throws IOException {
    if (ALL.stream().noneMatch(t -> ratios.containsKey(t.job + ", " + t.peer))) {
      return;
    }
    Report report = new Report("targets", folder);
    report.say("floors for vectors of " + (WIDE ? "512" : "256") + " bits");
    report
        .words("job", 30)
        .words("peer", 18)
        .numbers(2, "ratio", "low", "high", "floor", "goal")
        .words("reached", 8)
        .header();
    for (Target target : ALL) {
      Spread ratio = ratios.get(target.job + ", " + target.peer);
      if (ratio != null) {
        boolean isGoal = target.goal != null && ratio.median() >= target.goal;
        report.row(
            target.job,
            target.peer,
            ratio.median(),
            ratio.low(),
            ratio.high(),
            target.floor(),
            target.goal,
            isGoal ? "goal" : ratio.median() >= target.floor() ? "floor" : "missed");
      }
    }
    for (var entry : memory.entrySet()) {
      double ratio = entry.getValue()[0] / entry.getValue()[1];
      report.row(
          entry.getKey() + ", memory",
          "leanest",
          ratio,
          null,
          null,
          MEMORY_FLOOR,
          MEMORY_GOAL,
          ratio <= MEMORY_GOAL ? "goal" : ratio <= MEMORY_FLOOR ? "floor" : "missed");
    }
    report.write();
  }
}
