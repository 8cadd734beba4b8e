package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Training steps, predictions and what stands around them: each job in a JVM of its own, all jobs
 * in turn, round after round, so that a slow minute of the machine does not fall on one job alone.
 */
final class JobBenchmark implements Benchmark {
  @Override
  public String summary() {
    return "training steps, predictions, data, files, the start; [--list] [--only TEXT]"
        + " [--rounds N] [--steps N] [--batch N] [--image PX] [--out DIR]";
  }

  /** What a JVM measured: seconds of the repetitions, the units of one, peak memory. */
  record Measured(double[] seconds, double units, double mib) {
    static Measured parse(String line) {
      double[] n = Arrays.stream(line.split(" ")).mapToDouble(Double::valueOf).toArray();
      return new Measured(Arrays.copyOfRange(n, 2, n.length), n[0], n[1]);
    }

    String line() {
      return DoubleStream.concat(DoubleStream.of(units, mib), DoubleStream.of(seconds))
          .mapToObj(n -> Text.format("%.9g", n))
          .collect(Collectors.joining(" "));
    }
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options =
        Options.of(arguments, "--list", "--only --rounds --steps --batch --image --out --one");
    String one = options.text("--one", null);
    if (one != null) {
      one(one, options);
      return;
    }
    List<Job> jobs =
        Job.all().stream().filter(job -> job.name().contains(options.text("--only", ""))).toList();
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("no job has that in its name; --list shows them");
    }
    if (options.has("--list")) {
      jobs.forEach(job -> System.out.println(job.name()));
      return;
    }
    int rounds = options.number("--rounds", 3);
    Report report = new Report("jobs", options.out());
    report.say(
        Text.format(
            "batch %d, %d px, %d threads, %d rounds of %d repetitions; medians",
            options.number("--batch", 16),
            options.number("--image", 224),
            Backend.defaultThreads(),
            rounds,
            options.number("--steps", 5)));
    print(jobs, measure(jobs, rounds, arguments), report);
  }

  private static Map<String, List<Measured>> measure(List<Job> jobs, int rounds, String[] arguments)
      throws Exception {
    Map<String, List<Measured>> results = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Job job : jobs) {
        System.err.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, job.name());
        List<String> again = new ArrayList<>(List.of("jobs"));
        again.addAll(List.of(arguments));
        again.addAll(List.of("--one", job.name()));
        String line = Fork.lines(List.of(), again).getLast();
        results.computeIfAbsent(job.name(), n -> new ArrayList<>()).add(Measured.parse(line));
      }
    }
    return results;
  }

  private static void one(String name, Options options) throws Exception {
    Job job = Job.all().stream().filter(j -> j.name().equals(name)).findFirst().orElseThrow();
    Job.Size size =
        new Job.Size(
            options.number("--batch", 16),
            options.number("--image", 224),
            options.number("--steps", 5));
    Job.Result result = job.measurement().measure(size);
    System.out.println(
        new Measured(result.seconds(), result.units(), MachineName.peakResidentMiB()).line());
  }

  private static void print(List<Job> jobs, Map<String, List<Measured>> results, Report report)
      throws Exception {
    report
        .words("job", 32)
        .numbers(2, "ms", "low", "high")
        .numbers(2, "a second")
        .words("of", 7)
        .numbers(0, "peak MiB")
        .numbers(2, "times")
        .words("as fast as", 20)
        .header();
    Plot plot = new Plot("Jobs", "", "images/s");
    for (Job job : jobs) {
      List<Measured> own = results.get(job.name());
      Spread seconds =
          Spread.of(own.stream().flatMapToDouble(m -> DoubleStream.of(m.seconds)).toArray());
      double rate = own.getFirst().units / seconds.median();
      List<Measured> other = job.against() == null ? null : results.get(job.against());
      report.row(
          job.name(),
          seconds.median() * 1e3,
          seconds.low() * 1e3,
          seconds.high() * 1e3,
          rate,
          job.unit(),
          own.stream().mapToDouble(Measured::mib).max().orElseThrow(),
          other == null ? null : Spread.ofRatios(paces(own), paces(other)).median(),
          other == null ? null : job.against());
      if (job.name().matches("(train|predict|epoch) .*")) {
        plot.add("images/s", job.name(), rate);
      }
    }
    report.plot(plot);
    report.write();
  }

  /** Units a second, a number for each round. */
  private static double[] paces(List<Measured> rounds) {
    return rounds.stream().mapToDouble(m -> m.units / Spread.of(m.seconds).median()).toArray();
  }
}
