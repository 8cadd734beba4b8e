package io.octnet.gradcheck;

import io.octnet.ops.AveragePool2d;
import io.octnet.ops.Conv2d;
import io.octnet.ops.CrossEntropy;
import io.octnet.ops.Dense;
import io.octnet.ops.MaxPool2d;
import io.octnet.ops.Padding;
import io.octnet.ops.SigmoidCrossEntropy;
import io.octnet.ops.SoftmaxCrossEntropy;
import io.octnet.ops.Targets;
import io.octnet.ops.ZeroPadding2d;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;

/** Trials of the ops that layers of images and classifiers are made of. */
final class LayerTrials {
  private LayerTrials() {}

  static Shape image(Draw draw) {
    return Shape.of(draw.between(1, 3), draw.between(1, 5), draw.between(1, 5), draw.channels());
  }

  static Trial pool(Draw draw, boolean max) {
    int pool = draw.between(1, 3);
    int stride = draw.between(1, 3);
    Padding padding = draw.coin() ? Padding.SAME : Padding.VALID;
    Shape shape =
        Shape.of(
            draw.between(1, 2),
            pool + draw.between(0, 4),
            pool + draw.between(0, 4),
            draw.oneOf(1, 3, 8, 13));
    String parameters = "pool " + pool + " stride " + stride + " " + padding;
    return max
        ? Trial.of(
            parameters,
            in -> MaxPool2d.maxPool2d(in.get(0), pool, stride, padding),
            draw.distinct(shape))
        : Trial.of(
            parameters,
            in -> AveragePool2d.averagePool2d(in.get(0), pool, stride, padding),
            draw.values(shape));
  }

  /** A ReLU, where there is one, is far from its kink by the bias: open for some channels. */
  static Trial conv2d(Draw draw, boolean relu) {
    int[] kernel = {draw.between(1, 3), draw.between(1, 3)};
    int[] strides = {draw.between(1, 3), draw.between(1, 3)};
    int[] dilation = {draw.between(1, 2), draw.between(1, 2)};
    Padding padding = draw.coin() ? Padding.SAME : Padding.VALID;
    boolean biased = relu || draw.coin();
    int inChannels = draw.oneOf(1, 3, 8, 13);
    int outChannels = draw.channels();
    Tensor x =
        draw.values(
            draw.between(1, 2),
            dilation[0] * (kernel[0] - 1) + 1 + draw.between(0, 4),
            dilation[1] * (kernel[1] - 1) + 1 + draw.between(0, 4),
            inChannels);
    Tensor weights = draw.values(kernel[0], kernel[1], inChannels, outChannels);
    Tensor bias =
        relu
            ? draw.awayFromZero(Shape.of(outChannels), reach(kernel[0] * kernel[1] * inChannels))
            : draw.values(outChannels);
    return Trial.of(
        Text.format(
            "strides %s dilation %s %s%s",
            Arrays.toString(strides), Arrays.toString(dilation), padding, relu ? " relu" : ""),
        in ->
            Conv2d.conv2d(
                in.get(0),
                in.get(1),
                biased ? in.get(2) : null,
                Conv2d.geometry(in.get(0), in.get(1), strides, dilation, padding),
                relu),
        biased ? new Tensor[] {x, weights, bias} : new Tensor[] {x, weights});
  }

  /** What a sum of {@code terms} products of values does not reach, all but surely. */
  static float reach(int terms) {
    return Math.min(5 * terms, 8 * (float) Math.sqrt(terms)) + 1;
  }

  static Trial crossEntropy(Draw draw, boolean logits) {
    int batch = draw.between(1, 5);
    int classes = draw.oneOf(2, 3, 4, 7, 13);
    Targets targets =
        draw.coin()
            ? Targets.of(draw.labels(batch, classes), classes)
            : Targets.of(draw.distributions(batch, classes));
    if (draw.coin()) {
      targets = targets.smoothed(0.125f);
    }
    if (draw.coin()) {
      targets = targets.classWeighted(draw.distributions(1, classes).data());
    }
    Targets fixed = targets;
    return logits
        ? Trial.of(
            "",
            in -> SoftmaxCrossEntropy.softmaxCrossEntropy(in.get(0), fixed),
            draw.values(batch, classes))
        : Trial.of(
            "", in -> CrossEntropy.crossEntropy(in.get(0), fixed), draw.positive(batch, classes));
  }

  static Trial sigmoidCrossEntropy(Draw draw) {
    int batch = draw.between(1, 5);
    int classes = draw.oneOf(1, 2, 3, 7);
    Targets targets =
        Targets.of(draw.distributions(batch, classes)).weighted(draw.positive(1, batch).data());
    return Trial.of(
        "",
        in -> SigmoidCrossEntropy.sigmoidCrossEntropy(in.get(0), targets),
        draw.values(batch, classes));
  }

  static Trial dense(Draw draw) {
    boolean relu = draw.coin();
    boolean biased = relu || draw.coin();
    int features = draw.channels();
    int units = draw.channels();
    Tensor x =
        draw.coin()
            ? draw.values(draw.between(1, 3), draw.between(1, 3), features)
            : draw.values(draw.between(1, 5), features);
    Tensor kernel = draw.values(features, units);
    Tensor bias = relu ? draw.awayFromZero(Shape.of(units), reach(features)) : draw.values(units);
    return Trial.of(
        relu ? "relu" : "",
        in -> Dense.dense(in.get(0), in.get(1), biased ? in.get(2) : null, relu),
        biased ? new Tensor[] {x, kernel, bias} : new Tensor[] {x, kernel});
  }

  static Trial zeroPadding(Draw draw) {
    int top = draw.between(0, 2);
    int bottom = draw.between(0, 2);
    int left = draw.between(0, 2);
    int right = draw.between(0, 2);
    return Trial.of(
        Arrays.toString(new int[] {top, bottom, left, right}),
        in -> ZeroPadding2d.zeroPadding2d(in.get(0), top, bottom, left, right),
        draw.values(image(draw)));
  }
}
