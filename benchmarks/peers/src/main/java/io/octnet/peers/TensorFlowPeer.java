package io.octnet.peers;

import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow's graph, NHWC, its own gradients, its fused Adam: {@code train NETWORK BATCH}. */
final class TensorFlowPeer implements Peer {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initializers = new ArrayList<>();
  private final List<Variable<TFloat32>> trained = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private Placeholder<TFloat32> images;
  private boolean training;
  private Iterator<Parameter> weights;

  @Override
  public String version() {
    return "TensorFlow " + TensorFlow.version();
  }

  private Variable<TFloat32> variable(Operand<TFloat32> value, Shape shape) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    initializers.add(tf.assign(variable, value));
    return variable;
  }

  /** The next weight of octnet's model. */
  private Variable<TFloat32> weight(boolean isTrained) {
    Parameter parameter = weights.next();
    int[] dims = parameter.shape().toArray();
    Shape shape = Shape.of(Arrays.stream(dims).asLongStream().toArray());
    float[] data = Arrays.copyOf(parameter.tensor().data(), parameter.tensor().size());
    Variable<TFloat32> variable = variable(tf.constant(shape, DataBuffers.of(data)), shape);
    if (isTrained) {
      trained.add(variable);
    }
    return variable;
  }

  private Operand<TFloat32> convolution(Operand<TFloat32> x) {
    Operand<TFloat32> y = tf.nn.conv2d(x, weight(true), List.of(1L, 1L, 1L, 1L), "SAME");
    y = tf.nn.relu(tf.nn.biasAdd(y, weight(true)));
    Variable<TFloat32> gamma = weight(true);
    Variable<TFloat32> beta = weight(true);
    Variable<TFloat32> mean = weight(false);
    Variable<TFloat32> variance = weight(false);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            y,
            gamma,
            beta,
            mean,
            variance,
            FusedBatchNorm.epsilon(1e-3f),
            FusedBatchNorm.exponentialAvgFactor(training ? 0.01f : 1f),
            FusedBatchNorm.isTraining(training));
    if (training) {
      updates.add(tf.assign(mean, norm.batchMean()));
      updates.add(tf.assign(variance, norm.batchVariance()));
    }
    return norm.y();
  }

  private Operand<TFloat32> pool(Operand<TFloat32> x) {
    Operand<TFloat32> y =
        tf.nn.maxPool(
            x, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
    if (!training) {
      return y;
    }
    Operand<TFloat32> kept =
        tf.dtypes.cast(
            tf.math.greaterEqual(
                tf.random.randomUniform(tf.shape(y), TFloat32.class), tf.constant(0.2f)),
            TFloat32.class);
    return tf.math.mul(y, tf.math.mul(kept, tf.constant(1 / 0.8f)));
  }

  /** Logits, with octnet's weights. */
  private Operand<TFloat32> build(Job job, Model model, boolean forTraining) {
    training = forTraining;
    weights = model.layers().stream().map(Layer::parameters).flatMap(List::stream).iterator();
    images = tf.placeholder(TFloat32.class);
    Operand<TFloat32> x = images;
    for (int filters : Work.filters(job)) {
      x = filters == 0 ? pool(x) : convolution(x);
    }
    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1, 2}));
    return tf.math.add(tf.linalg.matMul(mean, weight(true)), weight(true));
  }

  private Session session() {
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(Work.THREADS)
            .setInterOpParallelismThreads(1)
            .build();
    Session session = new Session(graph, config);
    Session.Runner runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
    return session;
  }

  private static TFloat32 tensor(Tensor x) {
    long[] dims = {x.dim(0), Work.IMAGE, Work.IMAGE, 3};
    return TFloat32.tensorOf(Shape.of(dims), DataBuffers.of(Arrays.copyOf(x.data(), x.size())));
  }

  @Override
  public double check(Job job) {
    Model model = Work.model(job);
    Operand<TFloat32> logits = build(job, model, false);
    Tensor x = Work.images(2);
    try (Session session = session();
        TFloat32 input = tensor(x);
        TFloat32 y = (TFloat32) session.runner().feed(images, input).fetch(logits).run().get(0)) {
      float[] received = new float[8];
      y.asRawTensor().data().asFloats().read(received);
      return Work.difference(Work.expected(job, model, x), received);
    }
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    Operand<TFloat32> logits = build(job, Work.model(job), true);
    float[] classes = new float[job.size() * 4];
    for (int i = 0; i < job.size(); i++) {
      classes[4 * i] = 1;
    }
    Operand<TFloat32> labels = tf.constant(Shape.of(job.size(), 4), DataBuffers.of(classes));
    SoftmaxCrossEntropyWithLogits<TFloat32> loss =
        tf.nn.softmaxCrossEntropyWithLogits(logits, labels);
    adam(tf.math.mean(loss.loss(), tf.constant(0)));
    Session session = session();
    TFloat32 input = tensor(Work.images(job.size()));
    turns.serve(
        () -> {
          Session.Runner runner = session.runner().feed(images, input);
          updates.forEach(runner::addTarget);
          runner.run().close();
        });
  }

  private void adam(Operand<TFloat32> loss) {
    Gradients gradients = tf.gradients(loss, trained);
    Operand<TFloat32> beta1 = tf.constant(0.9f);
    Operand<TFloat32> beta2 = tf.constant(0.999f);
    Variable<TFloat32> power1 = variable(beta1, Shape.scalar());
    Variable<TFloat32> power2 = variable(beta2, Shape.scalar());
    for (int i = 0; i < trained.size(); i++) {
      Shape shape = trained.get(i).shape();
      Operand<TFloat32> zeros = tf.zeros(tf.constant(shape.asArray()), TFloat32.class);
      updates.add(
          tf.train.applyAdam(
              trained.get(i),
              variable(zeros, shape),
              variable(zeros, shape),
              power1,
              power2,
              tf.constant(1e-3f),
              beta1,
              beta2,
              tf.constant(1e-7f),
              gradients.<TFloat32>dy(i)));
    }
    Ops after = tf.withControlDependencies(List.copyOf(updates));
    updates.add(after.assign(power1, after.math.mul(power1, beta1)));
    updates.add(after.assign(power2, after.math.mul(power2, beta2)));
  }
}
