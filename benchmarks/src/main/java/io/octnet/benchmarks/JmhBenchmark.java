package io.octnet.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes in {@code jmh}, run by JMH's own command line; its options may follow. */
final class JmhBenchmark implements Benchmark {
  @Override
  public String summary() {
    return "kernels and layers under JMH; [PATTERN] [--out DIR] [JMH's options, -h lists them]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    List<String> given = new ArrayList<>(List.of(arguments));
    int out = given.indexOf("--out");
    if (out >= 0 && out + 1 < given.size()) {
      Path folder = Files.createDirectories(Path.of(given.get(out + 1)));
      given.subList(out, out + 2).clear();
      given.addAll(List.of("-rf", "csv", "-rff", folder.resolve("jmh.csv").toString()));
      given.addAll(List.of("-o", folder.resolve("jmh.txt").toString()));
    }
    System.out.println(MachineName.line());
    org.openjdk.jmh.Main.main(given.toArray(String[]::new));
  }
}
