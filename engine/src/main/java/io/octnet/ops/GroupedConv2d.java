package io.octnet.ops;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.DepthwiseGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * 2-D convolution in groups: the g-th part of the output channels sees the g-th part of the input
 * channels. x: (N, H, W, C), kernel: (R, S, C / groups, K), bias: (K). A composition: a depthwise
 * convolution where each channel is a group, else slices, convolutions and a concatenation.
 */
public final class GroupedConv2d {
  private GroupedConv2d() {}

  /**
   * The convolution.
   *
   * @param bias (K), or null for none
   * @param g of all channels; its inChannels and outChannels are multiples of groups
   */
  public static Tensor groupedConv2d(
      Tensor x, Tensor kernel, Tensor bias, ConvGeometry g, int groups) {
    Check.that(
        groups > 0 && g.inChannels() % groups == 0 && g.outChannels() % groups == 0,
        "grouped_conv2d",
        "%d input and %d output channels cannot be divided into %d groups",
        g.inChannels(),
        g.outChannels(),
        groups);
    if (groups == g.inChannels()) {
      int multiplier = g.outChannels() / groups;
      Tensor depthwise =
          Reshape.reshape(
              kernel, Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), multiplier));
      Tensor y =
          DepthwiseConv2d.depthwiseConv2d(x, depthwise, bias, new DepthwiseGeometry(g, multiplier));
      depthwise.release();
      return y;
    }
    Tensor[] parts = new Tensor[groups];
    ConvGeometry part = part(g, groups);
    for (int i = 0; i < groups; i++) {
      parts[i] = group(x, kernel, bias, part, i);
    }
    Tensor y = Concatenate.concatenate(-1, parts);
    for (Tensor done : parts) {
      done.release();
    }
    return y;
  }

  private static Tensor group(Tensor x, Tensor kernel, Tensor bias, ConvGeometry part, int i) {
    int in = part.inChannels();
    int out = part.outChannels();
    Tensor ownX = Slice.slice(x, -1, i * in, (i + 1) * in);
    Tensor ownKernel = Slice.slice(kernel, -1, i * out, (i + 1) * out);
    Tensor ownBias = bias == null ? null : Slice.slice(bias, 0, i * out, (i + 1) * out);
    Tensor y = Conv2d.conv2d(ownX, ownKernel, ownBias, part, false);
    ownX.release();
    ownKernel.release();
    if (ownBias != null) {
      ownBias.release();
    }
    return y;
  }

  private static ConvGeometry part(ConvGeometry g, int groups) {
    return new ConvGeometry(
        g.batch(),
        g.height(),
        g.width(),
        g.inChannels() / groups,
        g.kernelHeight(),
        g.kernelWidth(),
        g.outChannels() / groups,
        g.strideHeight(),
        g.strideWidth(),
        g.dilationHeight(),
        g.dilationWidth(),
        g.padTop(),
        g.padBottom(),
        g.padLeft(),
        g.padRight());
  }
}
