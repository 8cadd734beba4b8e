package io.octnet.compute.simd;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.simd.convolution.DirectConv;
import io.octnet.compute.simd.convolution.Im2col;
import io.octnet.compute.simd.convolution.Panels;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.convolution.TapMap;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.compute.simd.winograd.WinogradConv;
import io.octnet.tensor.BufferPool;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A forward convolution whose kernel lies in a buffer of the pool as its algorithm reads it:
 * transformed for WINOGRAD, in panels for the others.
 */
public final class PackedConv extends PreparedConv {
  private final Workers workers;
  private final BufferPool pool;
  private final Algorithm algorithm;

  PackedConv(
      Workers workers, BufferPool pool, ConvGeometry g, Algorithm algorithm, float[] kernel) {
    super(pool, g, weightsLength(g, algorithm));
    this.workers = workers;
    this.pool = pool;
    this.algorithm = algorithm;
    switch (algorithm) {
      case WINOGRAD -> WinogradConv.forward(g).transformKernel(workers, kernel, weights());
      case DIRECT -> DirectConv.forward(g).packKernel(kernel, weights());
      case IM2COL -> Panels.forward(weights(), g, kernel);
    }
  }

  /** Floats of the packed kernel. */
  static int weightsLength(ConvGeometry g, Algorithm algorithm) {
    return switch (algorithm) {
      case WINOGRAD -> WinogradConv.forward(g).weightsLength();
      case DIRECT -> DirectConv.forward(g).weightsLength();
      case IM2COL -> Panels.length(TapMap.forward(g).depth(), g.outChannels());
    };
  }

  @Override
  public void conv2d(int batch, ConvInput x, Epilogue epilogue, float[] y) {
    ConvGeometry g = geometry().withBatch(batch);
    Source source = Source.of(x);
    switch (algorithm) {
      case WINOGRAD -> WinogradConv.forward(g).run(workers, pool, source, weights(), epilogue, y);
      case DIRECT -> DirectConv.forward(g).run(workers, source, weights(), epilogue, y);
      case IM2COL -> {
        TapMap map = TapMap.forward(g);
        im2col(map, batch, map.of(source), epilogue, y);
      }
    }
  }

  @Override
  public void conv2dJoined(int batch, JoinedInput x, Epilogue epilogue, float[] y) {
    if (readsParts(x)) {
      im2col(TapMap.forward(geometry().withBatch(batch)), batch, gather(x), epilogue, y);
      return;
    }
    super.conv2dJoined(batch, x, epilogue, y);
  }

  /** Whether parts can be read where they are: they are to a 1x1 kernel what whole slabs are. */
  private boolean readsParts(JoinedInput x) {
    return algorithm == Algorithm.IM2COL
        && TapMap.forward(geometry()).isIdentity()
        && IntStream.of(x.channels()).allMatch(c -> c % Width.SLAB == 0);
  }

  private void im2col(TapMap map, int batch, Im2col.Gather gather, Epilogue epilogue, float[] y) {
    Panels panels = new Panels(weights(), map.depth(), geometry().outChannels());
    Im2col.multiply(workers, map, batch, gather, panels, epilogue, y);
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
}
