package io.octnet.compute.simd;

import static io.octnet.compute.simd.Algorithm.Direction.BACKWARD_DATA;
import static io.octnet.compute.simd.Algorithm.Direction.BACKWARD_WEIGHTS;
import static io.octnet.compute.simd.Algorithm.Direction.FORWARD;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.tensor.BufferPool;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The three directions of a convolution, each by the algorithm that its shape asks for. */
final class SimdConv {
  private final Workers workers;
  private final BufferPool pool;
  private final Algorithm forced;
  private final Map<float[], Map<Key, float[]>> kept = new IdentityHashMap<>();

  /** What a prepared copy of a kernel depends on beside its values. */
  private record Key(Algorithm algorithm, boolean forward, int outChannels) {}

  SimdConv(Workers workers, BufferPool pool, Algorithm forced) {
    this.workers = workers;
    this.pool = pool;
    this.forced = forced;
  }

  synchronized void keep(float[] kernel) {
    kept.computeIfAbsent(kernel, k -> new ConcurrentHashMap<>());
  }

  long keptLength(ConvGeometry g) {
    return switch (Algorithm.choose(g, FORWARD, forced)) {
      case WINOGRAD -> WinogradConv.forward(g).weightsLength();
      case DIRECT -> DirectConv.forward(g).weightsLength();
      case IM2COL -> Panels.length(TapMap.forward(g).depth(), g.outChannels());
    };
  }

  synchronized void forget(float[] kernel) {
    Map<Key, float[]> copies = kept.remove(kernel);
    if (copies != null) {
      copies.values().forEach(pool::release);
    }
  }

  private synchronized Map<Key, float[]> keptCopies(float[] kernel) {
    return kept.get(kernel);
  }

  /** Fills a buffer with a prepared kernel. */
  private interface Prepare {
    void into(float[] buffer);
  }

  /** Uses a prepared kernel. */
  private interface Use {
    void run(float[] prepared);
  }

  /**
   * Prepares a kernel, or takes the kept copy, uses it, and gives the buffer back if it is not
   * kept.
   */
  private void prepared(float[] kernel, Key key, int length, Prepare prepare, Use use) {
    Map<Key, float[]> copies = keptCopies(kernel);
    if (copies != null) {
      use.run(
          copies.computeIfAbsent(
              key,
              k -> {
                float[] copy = pool.acquire(length);
                prepare.into(copy);
                return copy;
              }));
      return;
    }
    float[] buffer = pool.acquire(length);
    prepare.into(buffer);
    use.run(buffer);
    pool.release(buffer);
  }

  void forward(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    Algorithm algorithm = Algorithm.choose(g, FORWARD, forced);
    Key key = new Key(algorithm, true, g.outChannels());
    Source source = Source.of(x);
    if (algorithm == Algorithm.WINOGRAD) {
      WinogradConv conv = WinogradConv.forward(g);
      prepared(
          kernel,
          key,
          conv.weightsLength(),
          u -> conv.transformKernel(workers, kernel, u),
          u -> conv.run(workers, pool, source, u, epilogue, y));
      return;
    }
    if (algorithm == Algorithm.DIRECT) {
      DirectConv conv = DirectConv.forward(g);
      prepared(
          kernel,
          key,
          conv.weightsLength(),
          packed -> conv.packKernel(kernel, packed),
          packed -> conv.run(workers, source, packed, epilogue, y));
      return;
    }
    TapMap map = TapMap.forward(g);
    im2col(g, map, map.of(source), kernel, epilogue, y);
  }

  private void im2col(
      ConvGeometry g,
      TapMap map,
      Im2col.Gather gather,
      float[] kernel,
      Epilogue epilogue,
      float[] y) {
    prepared(
        kernel,
        new Key(Algorithm.IM2COL, true, g.outChannels()),
        Panels.length(map.depth(), g.outChannels()),
        buffer -> Panels.forward(buffer, g, kernel),
        buffer ->
            Im2col.multiply(
                workers,
                map,
                g.batch(),
                gather,
                new Panels(buffer, map.depth(), g.outChannels()),
                epilogue,
                y));
  }

  /** Whether parts can be read where they are: they are to a 1x1 kernel what whole slabs are. */
  boolean readsParts(ConvGeometry g, JoinedInput x) {
    return Algorithm.choose(g, FORWARD, forced) == Algorithm.IM2COL
        && TapMap.forward(g).isIdentity()
        && IntStream.of(x.channels()).allMatch(c -> c % Width.SLAB == 0);
  }

  void forwardJoined(ConvGeometry g, JoinedInput x, float[] kernel, Epilogue epilogue, float[] y) {
    im2col(g, TapMap.forward(g), gather(x), kernel, epilogue, y);
  }

  private static Im2col.Gather gather(JoinedInput x) {
    int[] channels = x.channels();
    Source[] sources = new Source[channels.length];
    int[] slabs = new int[channels.length]; // where a part begins
    for (int j = 0, start = 0; j < sources.length; start += channels[j++]) {
      int end = start + channels[j];
      slabs[j] = start / Width.SLAB;
      sources[j] =
          x.scale() == null
              ? new Source(x.parts()[j], null, null, x.relu(), null)
              : new Source(
                  x.parts()[j],
                  Arrays.copyOfRange(x.scale(), start, end),
                  Arrays.copyOfRange(x.shift(), start, end),
                  x.relu(),
                  null);
    }
    return (first, count, slab, to, pixels) -> {
      int plane = pixels * Width.SLAB;
      for (int j = 0; j < sources.length; j++) {
        int at = to + slabs[j] * plane;
        sources[j].toSlabs(first * channels[j], channels[j], count, slab, at, plane);
      }
    };
  }

  // dx = convolution of dy with the kernel turned around and its channels exchanged
  void backwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {
    Algorithm algorithm = Algorithm.choose(g, BACKWARD_DATA, forced);
    Key key = new Key(algorithm, false, g.outChannels());
    Source source = Source.of(dy);
    if (algorithm == Algorithm.WINOGRAD) {
      WinogradConv conv = WinogradConv.backwardData(g);
      prepared(
          kernel,
          key,
          conv.weightsLength(),
          u -> conv.transformKernel(workers, kernel, u),
          u -> conv.run(workers, pool, source, u, Epilogue.NONE, dx));
      return;
    }
    if (algorithm == Algorithm.DIRECT) {
      DirectConv conv = DirectConv.backwardData(g);
      prepared(
          kernel,
          key,
          conv.weightsLength(),
          packed -> conv.packKernel(kernel, packed),
          packed -> conv.run(workers, source, packed, Epilogue.NONE, dx));
      return;
    }
    TapMap map = TapMap.backwardData(g);
    prepared(
        kernel,
        key,
        Panels.length(map.depth(), g.inChannels()),
        buffer -> Panels.backwardData(buffer, g, kernel),
        buffer ->
            Im2col.multiply(
                workers,
                map,
                g.batch(),
                map.of(source),
                new Panels(buffer, map.depth(), g.inChannels()),
                Epilogue.NONE,
                dx));
  }

  // dKernel[r,s,c,k] = sum over pixels of x[.., c] * dy[.., k], dBias[k] = sum over pixels of dy
  void backwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {
    Algorithm algorithm = Algorithm.choose(g, BACKWARD_WEIGHTS, forced);
    if (algorithm == Algorithm.WINOGRAD) {
      new WinogradWeights(g).run(workers, pool, Source.of(x), Source.of(dy), dKernel, dBias);
      return;
    }
    if (algorithm == Algorithm.DIRECT) {
      new DirectWeights(g).run(workers, pool, Source.of(x), Source.of(dy), dKernel, dBias);
      return;
    }
    Im2col.outerProduct(
        workers,
        pool,
        TapMap.forward(g),
        g.batch(),
        Source.of(x),
        Source.of(dy),
        g.outChannels(),
        dKernel);
    if (dBias != null) {
      int rows = g.batch() * g.outHeight() * g.outWidth();
      SimdChannels.columnSums(workers, rows, g.outChannels(), dy.dy(), dy.y(), dBias);
    }
  }
}
