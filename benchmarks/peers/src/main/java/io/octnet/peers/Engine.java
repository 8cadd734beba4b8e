package io.octnet.peers;

import io.octnet.benchmarks.Timing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How processes of the engines are started: those in Java with this class path, PyTorch in Python
 * by a script. Native ones get jemalloc where it is installed, told to keep what it has: malloc of
 * glibc gives memory back and faults it in again at each step.
 *
 * @param folder where engines hand files to each other
 * @param dl4j its class path: it needs an older JavaCPP than the others
 */
record Engine(
    Path script,
    Path folder,
    int image,
    int threads,
    String python,
    boolean compiles,
    String dl4j,
    String jemalloc) {

  /** On this machine. */
  static Engine here(Path script, Path folder, int image, int threads) throws IOException {
    String compiler = System.getenv().getOrDefault("CXX", "g++");
    boolean compiles = succeeds(compiler, "--version");
    String dl4j = System.getProperty("peers.dl4j", "");
    return new Engine(script, folder, image, threads, findPython(), compiles, dl4j, findJemalloc());
  }

  /** The first Python with torch; null without. */
  private static String findPython() {
    List<String> names = new ArrayList<>();
    if (System.getenv("OCTNET_PYTHON") != null) {
      names.add(System.getenv("OCTNET_PYTHON"));
    }
    names.add("python3");
    return names.stream()
        .filter(name -> succeeds(name, "-c", "import torch, numpy"))
        .findFirst()
        .orElse(null);
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String findJemalloc() throws IOException {
    for (String root : List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")) {
      if (Files.isDirectory(Path.of(root))) {
        try (Stream<Path> files =
            Files.find(Path.of(root), 2, (file, is) -> file.endsWith("libjemalloc.so.2"))) {
          Path found = files.findFirst().orElse(null);
          if (found != null) {
            return found.toString();
          }
        }
      }
    }
    return null;
  }

  String allocator() {
    return jemalloc == null ? "the system's malloc (no jemalloc is installed)" : "jemalloc";
  }

  /** Whether it can run here. */
  boolean has(String name) {
    return switch (name) {
      case "torch-compile", "torch-compile-nchw" -> python != null && compiles;
      case "torch-eager" -> python != null;
      case "dl4j" -> !dl4j.isEmpty();
      default -> true;
    };
  }

  /** A line for each that cannot. */
  List<String> lacking() {
    if (python == null) {
      return List.of(
          "torch-compile, torch-eager: skipped, python3 has no torch; OCTNET_PYTHON names another");
    }
    return compiles
        ? List.of()
        : List.of("torch-compile: skipped, it needs g++, or CXX to name a C++ compiler");
  }

  /** Starts an engine on a job: {@code check}, {@code export} or {@code serve}. */
  Contestant start(String name, String action, Job job) throws IOException {
    return new Contestant(command(name, action, job), environment(name));
  }

  private List<String> command(String name, String action, Job job) {
    List<String> line = new ArrayList<>();
    if (name.startsWith("torch-")) {
      line.addAll(List.of(python, script.toString(), name.substring(6), action, job.toString()));
      line.addAll(List.of(folder.toString(), "" + image, "" + threads, "" + Timing.WARM_SECONDS));
      return line;
    }
    line.add(System.getProperty("java.home") + "/bin/java");
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.add("-Dai.djl.offline=true");
    line.add("-Dai.djl.pytorch.num_threads=" + threads);
    line.add("-Dai.djl.pytorch.num_interop_threads=1");
    line.add("-Doctnet.threads=" + threads);
    line.add("-Dpeers.threads=" + threads);
    line.add("-Dpeers.image=" + image);
    line.add("-Dpeers.folder=" + folder);
    String classPath = name.equals("dl4j") ? dl4j : System.getProperty("java.class.path");
    line.addAll(List.of("-cp", classPath, Main.class.getName()));
    line.addAll(List.of(name, action, job.toString()));
    return line;
  }

  private Map<String, String> environment(String name) {
    Map<String, String> all = new HashMap<>();
    all.put("OPENBLAS_NUM_THREADS", "" + threads);
    all.put("OMP_NUM_THREADS", "" + threads);
    all.put("TF_CPP_MIN_LOG_LEVEL", "2");
    if (jemalloc != null && !name.equals("octnet")) {
      all.put("LD_PRELOAD", jemalloc);
      all.put("MALLOC_CONF", "thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1");
    }
    return all;
  }
}
