package io.octnet.compute.simd;

import static io.octnet.compute.simd.Algorithm.Direction.BACKWARD_DATA;
import static io.octnet.compute.simd.Algorithm.Direction.BACKWARD_WEIGHTS;
import static io.octnet.compute.simd.Algorithm.Direction.FORWARD;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.simd.channels.SimdChannels;
import io.octnet.compute.simd.convolution.DirectBackwardWeights;
import io.octnet.compute.simd.convolution.DirectConv;
import io.octnet.compute.simd.convolution.Im2col;
import io.octnet.compute.simd.convolution.Panels;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.convolution.TapMap;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.compute.simd.winograd.WinogradBackwardWeights;
import io.octnet.compute.simd.winograd.WinogradConv;
import io.octnet.tensor.BufferPool;

/** The three directions of a convolution, each by the algorithm that its shape asks for. */
public final class SimdConv {
  private final Workers workers;
  private final BufferPool pool;
  private final Algorithm forced;

  SimdConv(Workers workers, BufferPool pool, Algorithm forced) {
    this.workers = workers;
    this.pool = pool;
    this.forced = forced;
  }

  void forward(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    try (PreparedConv prepared = prepare(g, kernel)) {
      prepared.conv2d(g.batch(), x, epilogue, y);
    }
  }

  PreparedConv prepare(ConvGeometry g, float[] kernel) {
    return new PackedConv(workers, pool, g, Algorithm.choose(g, FORWARD, forced), kernel);
  }

  long preparedLength(ConvGeometry g) {
    return PackedConv.weightsLength(g, Algorithm.choose(g, FORWARD, forced));
  }

  // dx = convolution of dy with the kernel turned around and its channels exchanged
  void backwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {
    Source source = Source.of(dy);
    switch (Algorithm.choose(g, BACKWARD_DATA, forced)) {
      case WINOGRAD -> {
        WinogradConv conv = WinogradConv.backwardData(g);
        float[] weights = pool.acquire(conv.weightsLength());
        conv.transformKernel(workers, kernel, weights);
        conv.run(workers, pool, source, weights, Epilogue.NONE, dx);
        pool.release(weights);
      }
      case DIRECT -> {
        DirectConv conv = DirectConv.backwardData(g);
        float[] weights = pool.acquire(conv.weightsLength());
        conv.packKernel(kernel, weights);
        conv.run(workers, source, weights, Epilogue.NONE, dx);
        pool.release(weights);
      }
      case IM2COL -> {
        TapMap map = TapMap.backwardData(g);
        float[] weights = pool.acquire(Panels.length(map.depth(), g.inChannels()));
        Panels panels = Panels.backwardData(weights, g, kernel);
        Im2col.multiply(workers, map, g.batch(), map.of(source), panels, Epilogue.NONE, dx);
        pool.release(weights);
      }
    }
  }

  // dKernel[r,s,c,k] = sum over pixels of x[.., c] * dy[.., k], dBias[k] = sum over pixels of dy
  void backwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {
    Algorithm algorithm = Algorithm.choose(g, BACKWARD_WEIGHTS, forced);
    if (algorithm == Algorithm.WINOGRAD) {
      new WinogradBackwardWeights(g)
          .run(workers, pool, Source.of(x), Source.of(dy), dKernel, dBias);
      return;
    }
    if (algorithm == Algorithm.DIRECT) {
      new DirectBackwardWeights(g).run(workers, pool, Source.of(x), Source.of(dy), dKernel, dBias);
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
