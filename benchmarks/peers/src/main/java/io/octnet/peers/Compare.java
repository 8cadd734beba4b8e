package io.octnet.peers;

import io.octnet.benchmarks.Options;
import io.octnet.benchmarks.Plot;
import io.octnet.benchmarks.Report;
import io.octnet.benchmarks.TemporaryFolder;
import io.octnet.benchmarks.Spread;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * octnet and each of its peers on the same job in turn, {@code A B A B ...}: both processes live
 * and are warm, one works while the other waits. What they compute is compared first. Ratios are
 * taken within each pair of turns, and their median is told, since the machine does not stay as
 * fast as it was. Each round starts both processes anew.
 */
public final class Compare {
  private static final String FLAGS = "--list --targets --long";
  private static final String VALUED =
      "--only --peer --rounds --turns --threads --image --batch --out --script";
  private static final double TOLERANCE = 1e-3;
  private static final int PAUSE_MILLIS = 250; // until threads that spin have gone to sleep

  private final Engine engine;
  private final int rounds;
  private final int turns;
  private final Report report;
  private final Plot plot = new Plot("octnet against its peers", "", "times as fast as the peer");
  private final TreeSet<String> versions = new TreeSet<>();
  private final Targets targets = new Targets();

  private Compare(Engine engine, int rounds, int turns, Report report) {
    this.engine = engine;
    this.rounds = rounds;
    this.turns = turns;
    this.report = report;
  }

  /** The options are those of {@code benchmarks/peers/run --help}. */
  public static void main(String[] args) throws Exception {
    try {
      run(Options.of(args, FLAGS, VALUED));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/peers/run: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options) throws Exception {
    List<Job> jobs = jobs(options);
    if (options.has("--list")) {
      for (Job job : jobs) {
        System.out.println(job + ": " + String.join(", ", peers(job, options)));
      }
      return;
    }
    try (TemporaryFolder folder = new TemporaryFolder("octnet-peers")) {
      run(jobs, options, folder.path());
    }
  }

  private static void run(List<Job> jobs, Options options, Path folder) throws Exception {
    Engine engine =
        Engine.here(
            Path.of(options.text("--script", "benchmarks/peers/torch_peer.py")),
            folder,
            options.number("--image", 224),
            options.number("--threads", Runtime.getRuntime().availableProcessors()));
    Report report = new Report("peers", options.out());
    Compare compare =
        new Compare(engine, options.number("--rounds", 3), options.number("--turns", 5), report);
    compare.begin();
    for (Job job : jobs) {
      for (String peer : peers(job, options)) {
        if (engine.has(peer)) {
          compare.tryTo(job, peer);
        }
      }
    }
    compare.end(options.out());
  }

  private static List<Job> jobs(Options options) {
    List<Job> jobs = new ArrayList<>();
    for (Job job : Job.all()) {
      if (job.toString().contains(options.text("--only", "")) && !peers(job, options).isEmpty()) {
        boolean images = !job.kind().equals("sgemm");
        int size = images && job.size() > 1 ? options.number("--batch", job.size()) : job.size();
        jobs.add(new Job(job.kind(), job.what(), size));
      }
    }
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("nothing of that name; --list shows jobs and peers");
    }
    return jobs;
  }

  private static List<String> peers(Job job, Options options) {
    return job.peers(options.has("--long")).stream()
        .filter(peer -> peer.contains(options.text("--peer", "")))
        .filter(peer -> !options.has("--targets") || Targets.has(job, peer))
        .toList();
  }

  private void begin() throws IOException {
    report.say(
        Text.format("%d px, %d threads, %d rounds of %d turns each; peers with %s", engine.image(), engine.threads(), rounds, turns, engine.allocator()));
    engine.lacking().forEach(report::say);
    report
        .words("job", 34)
        .words("peer", 13)
        .numbers(2, "octnet", "peer/s")
        .words("of", 6)
        .numbers(2, "ratio", "low", "high")
        .numbers(0, "MiB", "peer MiB")
        .numbers(2, "memory")
        .words("difference", 10)
        .header();
  }

  private void tryTo(Job job, String peer) throws Exception {
    try {
      compare(job, peer);
    } catch (IOException e) { // the others still can
      report.say(Text.format("%s, %s: %s", job, peer, e.getMessage()));
    }
  }

  private void end(Path out) throws IOException {
    versions.forEach(report::say);
    report.plot(plot);
    report.write();
    targets.write(out);
  }

  private void compare(Job job, String peer) throws Exception {
    System.err.println(job + ", " + peer);
    String[] checked = check(job, peer).split(" ", 2);
    versions.add(checked[1].strip());
    if (!(Double.parseDouble(checked[0]) <= TOLERANCE)) {
      throw new IOException("computes something else, difference " + checked[0]);
    }
    double[] ours = new double[rounds * turns];
    double[] theirs = new double[rounds * turns];
    double[] memory = {0, 0};
    for (int round = 0; round < rounds; round++) {
      try (Contestant a = engine.start("octnet", "serve", job)) {
        a.line();
        try (Contestant b = engine.start(peer, "serve", job)) {
          b.line();
          for (int turn = round * turns; turn < (round + 1) * turns; turn++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            ours[turn] = a.turn();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            theirs[turn] = b.turn();
          }
          memory[0] = Math.max(memory[0], a.end());
          memory[1] = Math.max(memory[1], b.end());
        }
      }
    }
    row(job, peer, ours, theirs, memory, checked[0]);
  }

  private String check(Job job, String peer) throws IOException {
    if (peer.startsWith("torch-")) {
      try (Contestant export = engine.start("octnet", "export", job)) {
        export.line();
      }
    }
    try (Contestant process = engine.start(peer, "check", job)) {
      return process.line();
    }
  }

  private void row(
      Job job, String peer, double[] ours, double[] theirs, double[] memory, String difference)
      throws IOException {
    Spread ratio = Spread.ofRatios(theirs, ours);
    targets.add(job, peer, ratio, memory);
    report.row(
        job,
        peer,
        Spread.of(ours).inverse(job.units()).median(),
        Spread.of(theirs).inverse(job.units()).median(),
        job.unit(),
        ratio.median(),
        ratio.low(),
        ratio.high(),
        memory[0],
        memory[1],
        memory[0] / memory[1],
        Text.format("%s", difference));
    plot.add("octnet / peer", job + ", " + peer, ratio.median());
  }
}
