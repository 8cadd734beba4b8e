package io.octnet.benchmarks;

/** Something that can be measured. */
interface Benchmark {
  /** What it measures, in one line. */
  String summary();

  /** Measures, and prints a table. */
  void run(String[] options) throws Exception;
}
