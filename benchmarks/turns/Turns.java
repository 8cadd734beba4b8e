import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two versions of the engine by turns in one process, each in a class loader of its own: nothing
 * else tells a few percent on a machine that is not always equally fast.
 *
 * <p>{@code Turns OLD_CLASSPATH NEW_CLASSPATH TURNS "JOB"...}; a job is {@code train cnn3 16 224} or
 * {@code predict resnet50 8 224}.
 */
public final class Turns {
  private static final double WARM_SECONDS = 6;
  private static final double TURN_SECONDS = 0.4;

  public static void main(String[] args) throws Exception {
    int turns = Integer.parseInt(args[2]);
    System.out.printf("%-26s %10s %10s %8s   %s%n", "job", "old ms", "new ms", "old/new", "quartiles");
    for (String job : Arrays.copyOfRange(args, 3, args.length)) {
      Runnable[] sides = {side(args[0], job), side(args[1], job)};
      double[] once = {warm(sides[0]), warm(sides[1])};
      double[][] seconds = new double[2][turns];
      double[] ratios = new double[turns];
      for (int i = 0; i < turns; i++) {
        for (int k = 0; k < 2; k++) {
          int side = (i + k) % 2; // who begins changes
          int times = (int) Math.max(1, Math.round(TURN_SECONDS / once[side]));
          seconds[side][i] = timed(sides[side], times);
        }
        ratios[i] = seconds[0][i] / seconds[1][i];
      }
      Arrays.sort(ratios);
      System.out.printf(
          Locale.ROOT,
          "%-26s %10.2f %10.2f %8.3f   %.3f..%.3f%n",
          job,
          1e3 * median(seconds[0]),
          1e3 * median(seconds[1]),
          median(ratios),
          ratios[turns / 4],
          ratios[3 * turns / 4]);
    }
    System.exit(0);
  }

  private static Runnable side(String classPath, String job) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    ClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Object words = job.split(" ");
    Runnable work = (Runnable) loader.loadClass("Side").getMethod("job", String[].class).invoke(null, words);
    return () -> {
      Thread.currentThread().setContextClassLoader(loader); // finds its own back-ends
      work.run();
    };
  }

  private static double warm(Runnable work) {
    double last = 0;
    long start = System.nanoTime();
    for (int i = 0; i < 5 || (System.nanoTime() - start) * 1e-9 < WARM_SECONDS; i++) {
      last = timed(work, 1);
    }
    return last;
  }

  private static double timed(Runnable work, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9 / times;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
