package io.octnet.models;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNormConv2d;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * A batch norm, a ReLU if there is one, and the convolution that alone reads it.
 *
 * @param reader the batch norm that alone reads the convolution; null for none
 */
record NormConvKernel(BatchNormalization norm, boolean relu, Conv2D conv, BatchNormalization reader)
    implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    boolean forNorm = reader != null && reader.usesBatch(pass);
    if (!norm.usesBatch(pass)) {
      Tensor z = norm.normalize(x, pass, relu);
      Tensor y = conv.convolve(z, forNorm);
      z.release();
      return y;
    }
    return BatchNormConv2d.batchNormConv2d(
        x,
        norm.ofBatch(),
        relu,
        conv.kernel().tensor(),
        conv.bias() == null ? null : conv.bias().tensor(),
        conv.geometry(x.dim(0)),
        conv.activation() == ActivationFunction.RELU,
        forNorm);
  }

  @Override
  public List<Layer> layers() {
    return List.of(norm, conv);
  }

  @Override
  public Footprint footprint() {
    return ConvKernel.footprint(conv, reader);
  }
}
