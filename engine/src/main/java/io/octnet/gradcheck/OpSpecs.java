package io.octnet.gradcheck;

import io.octnet.ops.Add;
import io.octnet.ops.AveragePool2d;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.BatchNormConv2d;
import io.octnet.ops.BatchNormGlobalAveragePool;
import io.octnet.ops.BatchNormMaxPool2d;
import io.octnet.ops.BiasAdd;
import io.octnet.ops.BroadcastTo;
import io.octnet.ops.Concatenate;
import io.octnet.ops.Conv2d;
import io.octnet.ops.CrossEntropy;
import io.octnet.ops.Dense;
import io.octnet.ops.Dropout;
import io.octnet.ops.GlobalAveragePool;
import io.octnet.ops.GlobalMaxPool;
import io.octnet.ops.L2;
import io.octnet.ops.LeakyRelu;
import io.octnet.ops.LogSoftmax;
import io.octnet.ops.MatMul;
import io.octnet.ops.MaxPool2d;
import io.octnet.ops.Mean;
import io.octnet.ops.MeanSquaredError;
import io.octnet.ops.Multiply;
import io.octnet.ops.Relu;
import io.octnet.ops.Reshape;
import io.octnet.ops.Scale;
import io.octnet.ops.Sigmoid;
import io.octnet.ops.SigmoidCrossEntropy;
import io.octnet.ops.Slice;
import io.octnet.ops.Softmax;
import io.octnet.ops.SoftmaxCrossEntropy;
import io.octnet.ops.Subtract;
import io.octnet.ops.Sum;
import io.octnet.ops.Tanh;
import io.octnet.ops.ZeroPadding2d;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every op and how to draw trials of it: the one list behind the {@code gradcheck} command and the
 * property tests. A test fails the build when an op is missing here.
 */
public final class OpSpecs {
  /** All of them, by name. */
  public static final List<OpSpec> ALL = all();

  private OpSpecs() {}

  private static List<OpSpec> all() {
    return Stream.of(basic(), CurveTrials.specs(), ImageTrials.specs())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OpSpec> basic() {
    return List.of(
        new OpSpec("add", Add.class, draw -> broadcast(draw, Add::add)),
        new OpSpec("add_relu", Add.class, OpSpecs::addRelu),
        new OpSpec("average_pool", AveragePool2d.class, draw -> LayerTrials.pool(draw, false)),
        new OpSpec(
            "batch_norm_training", BatchNorm.class, draw -> NormTrials.batchNorm(draw, true)),
        new OpSpec(
            "batch_norm_inference", BatchNorm.class, draw -> NormTrials.batchNorm(draw, false)),
        new OpSpec("batch_norm_conv2d", BatchNormConv2d.class, NormTrials::conv2d),
        new OpSpec(
            "batch_norm_global_average_pool", BatchNormGlobalAveragePool.class, NormTrials::mean),
        new OpSpec("batch_norm_max_pool", BatchNormMaxPool2d.class, NormTrials::maxPool),
        new OpSpec("bias_add", BiasAdd.class, OpSpecs::biasAdd),
        new OpSpec("broadcast_to", BroadcastTo.class, OpSpecs::broadcastTo),
        new OpSpec("concatenate", Concatenate.class, OpSpecs::concatenate),
        new OpSpec("conv2d", Conv2d.class, draw -> LayerTrials.conv2d(draw, false)),
        new OpSpec("conv2d_relu", Conv2d.class, draw -> LayerTrials.conv2d(draw, true)),
        new OpSpec(
            "cross_entropy", CrossEntropy.class, draw -> LayerTrials.crossEntropy(draw, false)),
        new OpSpec("dense", Dense.class, LayerTrials::dense),
        new OpSpec("dropout", Dropout.class, OpSpecs::dropout),
        new OpSpec(
            "global_average_pool",
            GlobalAveragePool.class,
            draw -> on(draw.values(LayerTrials.image(draw)), GlobalAveragePool::globalAveragePool)),
        new OpSpec(
            "global_max_pool",
            GlobalMaxPool.class,
            draw -> on(draw.distinct(LayerTrials.image(draw)), GlobalMaxPool::globalMaxPool)),
        new OpSpec("l2", L2.class, draw -> on(any(draw), w -> L2.l2(w, 0.125f))),
        new OpSpec(
            "leaky_relu",
            LeakyRelu.class,
            draw ->
                on(
                    draw.awayFromZero(draw.shape(draw.between(1, 4))),
                    x -> LeakyRelu.leakyRelu(x, 0.25f))),
        new OpSpec("log_softmax", LogSoftmax.class, draw -> on(any(draw), LogSoftmax::logSoftmax)),
        new OpSpec("matmul", MatMul.class, OpSpecs::matMul),
        new OpSpec("max_pool", MaxPool2d.class, draw -> LayerTrials.pool(draw, true)),
        new OpSpec("mean", Mean.class, draw -> reduce(draw, true)),
        new OpSpec("mean_squared_error", MeanSquaredError.class, OpSpecs::meanSquaredError),
        new OpSpec("multiply", Multiply.class, draw -> broadcast(draw, Multiply::multiply)),
        new OpSpec(
            "relu",
            Relu.class,
            draw -> on(draw.awayFromZero(draw.shape(draw.between(1, 4))), Relu::relu)),
        new OpSpec("reshape", Reshape.class, OpSpecs::reshape),
        new OpSpec("scale", Scale.class, draw -> on(any(draw), x -> Scale.scale(x, -1.5f))),
        new OpSpec(
            "sigmoid_cross_entropy", SigmoidCrossEntropy.class, LayerTrials::sigmoidCrossEntropy),
        new OpSpec("sigmoid", Sigmoid.class, draw -> on(any(draw), Sigmoid::sigmoid)),
        new OpSpec("slice", Slice.class, OpSpecs::slice),
        new OpSpec("softmax", Softmax.class, draw -> on(any(draw), Softmax::softmax)),
        new OpSpec(
            "softmax_cross_entropy",
            SoftmaxCrossEntropy.class,
            draw -> LayerTrials.crossEntropy(draw, true)),
        new OpSpec("subtract", Subtract.class, draw -> broadcast(draw, Subtract::subtract)),
        new OpSpec("sum", Sum.class, draw -> reduce(draw, false)),
        new OpSpec("tanh", Tanh.class, draw -> on(any(draw), Tanh::tanh)),
        new OpSpec("zero_padding", ZeroPadding2d.class, LayerTrials::zeroPadding));
  }

  private static Tensor any(Draw draw) {
    return draw.values(draw.shape(draw.between(1, 4)));
  }

  private static Trial on(Tensor x, UnaryOperator<Tensor> op) {
    return Trial.of("", in -> op.apply(in.get(0)), x);
  }

  /** Two shapes that broadcast together, with axes left out or of length 1 on either side. */
  private static Trial broadcast(Draw draw, BinaryOperator<Tensor> op) {
    Shape shape = draw.shape(draw.between(1, 4));
    Tensor a = draw.values(narrowed(draw, shape));
    Tensor b = draw.values(narrowed(draw, shape));
    return Trial.of("", in -> op.apply(in.get(0), in.get(1)), a, b);
  }

  private static Shape narrowed(Draw draw, Shape shape) {
    int[] dims = shape.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = draw.between(0, 3) == 1 ? 1 : dims[i];
    }
    int absent = draw.between(0, 3) == 1 ? draw.between(0, dims.length) : 0;
    return Shape.of(Arrays.copyOfRange(dims, absent, dims.length));
  }

  /** The sums a + b are kept away from 0: a is large, or b is. */
  private static Trial addRelu(Draw draw) {
    Shape shape = draw.shape(draw.between(1, 4));
    Tensor a = draw.values(shape);
    Tensor b = draw.awayFromZero(shape, 3);
    return Trial.of("relu", in -> Add.add(in.get(0), in.get(1), true), a, b);
  }

  private static Trial biasAdd(Draw draw) {
    Tensor x = any(draw);
    return Trial.of("", in -> BiasAdd.biasAdd(in.get(0), in.get(1)), x, draw.values(x.dim(-1)));
  }

  private static Trial broadcastTo(Draw draw) {
    Shape shape = draw.shape(draw.between(1, 4));
    Tensor x = draw.values(narrowed(draw, shape));
    Shape larger = x.shape().equals(shape) ? wider(shape) : shape;
    return Trial.of("to " + larger, in -> BroadcastTo.broadcastTo(in.get(0), larger), x);
  }

  private static Shape wider(Shape shape) {
    int[] dims = new int[shape.rank() + 1];
    dims[0] = 2;
    System.arraycopy(shape.toArray(), 0, dims, 1, shape.rank());
    return Shape.of(dims);
  }

  private static Trial concatenate(Draw draw) {
    int[] dims = draw.shape(draw.between(1, 4)).toArray();
    int axis = draw.between(0, dims.length - 1);
    Tensor[] parts = new Tensor[draw.between(1, 3)];
    for (int i = 0; i < parts.length; i++) {
      dims[axis] = draw.between(1, 4);
      parts[i] = draw.values(dims);
    }
    return Trial.of(
        "axis " + axis, in -> Concatenate.concatenate(axis, in.toArray(new Tensor[0])), parts);
  }

  private static Trial dropout(Draw draw) {
    float rate = draw.oneOf(0, 1, 2, 3) / 4f;
    long seed = draw.seed();
    return Trial.of("rate " + rate, in -> Dropout.dropout(in.get(0), rate, seed), any(draw));
  }

  private static Trial matMul(Draw draw) {
    int m = draw.between(1, 5);
    int k = draw.oneOf(1, 3, 7, 13);
    int n = draw.between(1, 5);
    Shape batch = draw.shape(draw.between(0, 2));
    Tensor a = draw.values(matrices(narrowed(draw, batch), m, k));
    Tensor b = draw.values(matrices(narrowed(draw, batch), k, n));
    return Trial.of("", in -> MatMul.matMul(in.get(0), in.get(1)), a, b);
  }

  private static Shape matrices(Shape batch, int rows, int columns) {
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    dims[batch.rank()] = rows;
    dims[batch.rank() + 1] = columns;
    return Shape.of(dims);
  }

  private static Trial meanSquaredError(Draw draw) {
    Shape shape = draw.shape(draw.between(1, 4));
    return Trial.of(
        "",
        in -> MeanSquaredError.meanSquaredError(in.get(0), in.get(1)),
        draw.values(shape),
        draw.values(shape));
  }

  private static Trial reduce(Draw draw, boolean mean) {
    int rank = draw.between(1, 4);
    Tensor x = draw.values(draw.shape(rank));
    boolean keep = draw.coin();
    int first = draw.between(0, rank - 1);
    int[] axes =
        draw.coin() ? new int[] {first} : new int[] {first, draw.between(0, rank - 1) - rank};
    return Trial.of(
        "axes " + Arrays.toString(axes),
        in -> mean ? Mean.mean(in.get(0), keep, axes) : Sum.sum(in.get(0), keep, axes),
        x);
  }

  private static Trial reshape(Draw draw) {
    Tensor x = any(draw);
    boolean flatten = draw.coin();
    return on(x, t -> flatten ? Reshape.flatten(t) : Reshape.reshape(t, Shape.of(1, x.size(), 1)));
  }

  private static Trial slice(Draw draw) {
    Tensor x = any(draw);
    int axis = draw.between(0, x.shape().rank() - 1);
    int from = draw.between(0, x.dim(axis) - 1);
    int to = draw.between(from + 1, x.dim(axis));
    return Trial.of(
        "axis " + axis + " " + from + ":" + to, in -> Slice.slice(in.get(0), axis, from, to), x);
  }
}
