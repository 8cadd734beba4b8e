package io.octnet.gradcheck;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.DepthwiseGeometry;
import io.octnet.ops.Conv2dTranspose;
import io.octnet.ops.DepthwiseConv2d;
import io.octnet.ops.GroupedConv2d;
import io.octnet.ops.LayerNorm;
import io.octnet.ops.Maximum;
import io.octnet.ops.Minimum;
import io.octnet.ops.Permute;
import io.octnet.ops.ScaleShift;
import io.octnet.ops.UnitNorm;
import io.octnet.ops.UpSample2d;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;

/** Trials of the ops that Keras's image models need beyond those of the five networks. */
final class ImageTrials {
  private ImageTrials() {}

  static List<OpSpec> specs() {
    return List.of(
        new OpSpec("conv2d_transpose", Conv2dTranspose.class, ImageTrials::transposed),
        new OpSpec("depthwise_conv2d", DepthwiseConv2d.class, ImageTrials::depthwise),
        new OpSpec("grouped_conv2d", GroupedConv2d.class, ImageTrials::grouped),
        new OpSpec("layer_norm", LayerNorm.class, ImageTrials::layerNorm),
        new OpSpec("maximum", Maximum.class, draw -> apart(draw, Maximum::maximum)),
        new OpSpec("minimum", Minimum.class, draw -> apart(draw, Minimum::minimum)),
        new OpSpec("permute", Permute.class, ImageTrials::permute),
        new OpSpec("scale_shift", ScaleShift.class, ImageTrials::scaleShift),
        new OpSpec("unit_norm", UnitNorm.class, ImageTrials::unitNorm),
        new OpSpec("up_sample", UpSample2d.class, ImageTrials::upSample));
  }

  /** Any strides, dilation and padding. */
  private static ConvGeometry window(Draw draw, int inChannels, int outChannels) {
    int[] kernel = {draw.between(1, 3), draw.between(1, 3)};
    int[] stride = {draw.between(1, 3), draw.between(1, 3)};
    int[] dilation = {draw.between(1, 2), draw.between(1, 2)};
    return new ConvGeometry(
        draw.between(1, 2),
        dilation[0] * (kernel[0] - 1) + 1 + draw.between(0, 4),
        dilation[1] * (kernel[1] - 1) + 1 + draw.between(0, 4),
        inChannels,
        kernel[0],
        kernel[1],
        outChannels,
        stride[0],
        stride[1],
        dilation[0],
        dilation[1],
        draw.between(0, 2),
        draw.between(0, 2),
        draw.between(0, 2),
        draw.between(0, 2));
  }

  private static String text(ConvGeometry g) {
    return Text.format(
        "strides %d, %d dilation %d, %d padding %d, %d, %d, %d",
        g.strideHeight(),
        g.strideWidth(),
        g.dilationHeight(),
        g.dilationWidth(),
        g.padTop(),
        g.padBottom(),
        g.padLeft(),
        g.padRight());
  }

  private static Trial depthwise(Draw draw) {
    int channels = draw.oneOf(1, 3, 8, 13, 17);
    int multiplier = draw.oneOf(1, 1, 2, 3);
    ConvGeometry g = window(draw, channels, channels * multiplier);
    DepthwiseGeometry d = new DepthwiseGeometry(g, multiplier);
    boolean biased = draw.coin();
    Tensor x = draw.values(g.batch(), g.height(), g.width(), channels);
    Tensor kernel = draw.values(g.kernelHeight(), g.kernelWidth(), channels, multiplier);
    Tensor bias = draw.values(g.outChannels());
    return Trial.of(
        text(g) + " multiplier " + multiplier,
        in -> DepthwiseConv2d.depthwiseConv2d(in.get(0), in.get(1), biased ? in.get(2) : null, d),
        biased ? new Tensor[] {x, kernel, bias} : new Tensor[] {x, kernel});
  }

  private static Trial grouped(Draw draw) {
    int groups = draw.between(1, 4);
    ConvGeometry g = window(draw, groups * draw.between(1, 3), groups * draw.between(1, 3));
    boolean biased = draw.coin();
    Tensor x = draw.values(g.batch(), g.height(), g.width(), g.inChannels());
    Tensor kernel =
        draw.values(g.kernelHeight(), g.kernelWidth(), g.inChannels() / groups, g.outChannels());
    Tensor bias = draw.values(g.outChannels());
    return Trial.of(
        text(g) + " groups " + groups,
        in ->
            GroupedConv2d.groupedConv2d(in.get(0), in.get(1), biased ? in.get(2) : null, g, groups),
        biased ? new Tensor[] {x, kernel, bias} : new Tensor[] {x, kernel});
  }

  private static Trial transposed(Draw draw) {
    ConvGeometry g = window(draw, draw.oneOf(1, 3, 8), draw.oneOf(1, 3, 8));
    Tensor x = draw.values(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
    Tensor kernel = draw.values(g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels());
    return Trial.of(
        text(g), in -> Conv2dTranspose.conv2dTranspose(in.get(0), in.get(1), g), x, kernel);
  }

  /** With an epsilon of 1: where all values of a row are nearly equal, a step would be long. */
  private static Trial layerNorm(Draw draw) {
    int channels = draw.channels();
    Tensor x = draw.values(draw.between(1, 3), draw.between(1, 3), channels);
    boolean affine = draw.coin();
    return Trial.of(
        "",
        in ->
            LayerNorm.layerNorm(in.get(0), affine ? in.get(1) : null, affine ? in.get(2) : null, 1),
        affine ? new Tensor[] {x, draw.values(channels), draw.values(channels)} : new Tensor[] {x});
  }

  private static Trial unitNorm(Draw draw) {
    Tensor x = draw.awayFromZero(Shape.of(draw.between(1, 4), draw.channels()), 3);
    return Trial.of("", in -> UnitNorm.unitNorm(in.get(0)), x);
  }

  /** One of the two is larger by far, now this, now that. */
  private static Trial apart(Draw draw, BinaryOperator<Tensor> op) {
    Shape shape = draw.shape(draw.between(1, 4));
    Tensor a = draw.values(shape);
    Tensor b = draw.awayFromZero(shape, 4);
    return draw.coin()
        ? Trial.of("", in -> op.apply(in.get(0), in.get(1)), a, b)
        : Trial.of("", in -> op.apply(in.get(0), in.get(1)), b, a);
  }

  private static Trial permute(Draw draw) {
    int rank = draw.between(1, 4);
    int[] order = RandomStream.of(draw.seed()).permutation(rank);
    return Trial.of(
        Arrays.toString(order),
        in -> Permute.permute(in.get(0), order),
        draw.values(draw.shape(rank)));
  }

  private static Trial scaleShift(Draw draw) {
    int channels = draw.channels();
    float[] scale = draw.values(channels).toArray();
    float[] shift = draw.values(channels).toArray();
    Tensor x = draw.values(draw.between(1, 5), channels);
    return Trial.of("", in -> ScaleShift.scaleShift(in.get(0), scale, shift), x);
  }

  private static Trial upSample(Draw draw) {
    int vertical = draw.between(1, 3);
    int horizontal = draw.between(1, 3);
    boolean bilinear = draw.coin();
    return Trial.of(
        Text.format("%d x %d%s", vertical, horizontal, bilinear ? " bilinear" : ""),
        in -> UpSample2d.upSample2d(in.get(0), vertical, horizontal, bilinear),
        draw.values(LayerTrials.image(draw)));
  }
}
