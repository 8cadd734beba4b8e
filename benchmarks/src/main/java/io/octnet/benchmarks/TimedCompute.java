package io.octnet.benchmarks;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.FusedCompute;
import io.octnet.compute.NormMaxPool;
import io.octnet.compute.PoolGeometry;
import io.octnet.text.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A back-end that hands everything on to another one, and keeps the time of each primitive. */
final class TimedCompute {
  private static final Set<String> FREE =
      Set.of("description", "pool", "parallelFor", "close", "fused", "core", "preparedLength");

  private final Compute inner;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /** What all calls of one primitive on one shape add up to. */
  static final class Tally {
    long nanos;
    double flops; // of the plain algorithm
    double bytes; // each array that it is given, once

    private void add(long time, Object[] arguments) {
      nanos += time;
      for (Object argument : arguments) {
        flops += argument instanceof ConvGeometry g ? 2.0 * g.multiplyAdds() : 0;
        bytes += bytes(argument);
      }
    }
  }

  TimedCompute(Compute inner) {
    this.inner = inner;
  }

  /** By primitive and shape, in the order of their first call since this was asked last. */
  Map<String, Tally> takeTallies() {
    Map<String, Tally> taken = new LinkedHashMap<>(tallies);
    tallies.clear();
    return taken;
  }

  /** The back-end to compute on. */
  Compute compute() {
    return timed(Compute.class, inner);
  }

  private <T> T timed(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> invoke(target, method, arguments));
    return type.cast(proxy);
  }

  private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    long start = System.nanoTime();
    try {
      Object result = method.invoke(target, arguments);
      return result instanceof FusedCompute fused ? timed(FusedCompute.class, fused) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (!FREE.contains(method.getName())) {
        long time = System.nanoTime() - start;
        tallies.computeIfAbsent(name(method, arguments), n -> new Tally()).add(time, arguments);
      }
    }
  }

  private static double bytes(Object argument) {
    return switch (argument) {
      case float[] a -> 4.0 * a.length;
      case byte[] a -> a.length;
      case ConvInput in -> 4.0 * in.x().length;
      case ConvGradient in -> bytes(in.dy()) + bytes(in.y());
      case Epilogue e -> bytes(e.residual());
      case null, default -> 0;
    };
  }

  private static String name(Method method, Object[] arguments) {
    return method.getName() + " " + shape(arguments);
  }

  private static String shape(Object[] arguments) {
    return switch (arguments[0]) {
      case ConvGeometry g ->
          Text.format(
              "%dx%d %d>%d @%d",
              g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels(), g.height());
      case NormMaxPool p -> shape(new Object[] {p.geometry()});
      case PoolGeometry g -> Text.format("%d @%d", g.channels(), g.height());
      case Integer rows when arguments.length > 1 && arguments[1] instanceof Integer columns ->
          Text.format("(%d, %d)", rows, columns);
      case Integer n -> Text.format("(%d)", n);
      default -> "";
    };
  }
}
