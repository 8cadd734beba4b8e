package io.octnet.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import io.octnet.layers.Layer;
import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * PyTorch's eager mode through DJL, NCHW, its faster layout here: {@code train NETWORK BATCH},
 * {@code epoch vgg16 BATCH}.
 */
final class PyTorchPeer implements Peer {
  private final SequentialBlock net = new SequentialBlock();
  private final List<Block> weighted = new ArrayList<>();

  @Override
  public String version() {
    return "PyTorch "
        + Engine.getEngine("PyTorch").getVersion()
        + " by DJL "
        + Engine.getDjlVersion();
  }

  private void convolution(int filters) {
    plainConvolution(filters);
    BatchNorm norm = BatchNorm.builder().optEpsilon(1e-3f).optMomentum(0.99f).build();
    net.add(norm);
    weighted.add(norm);
  }

  private void plainConvolution(int filters) {
    Conv2d convolution =
        Conv2d.builder()
            .setKernelShape(new Shape(3, 3))
            .setFilters(filters)
            .optPadding(new Shape(1, 1))
            .build();
    net.add(convolution).add(Activation::relu);
    weighted.add(convolution);
  }

  /** The backbone. */
  private void vgg16() {
    int[] filters = {64, 128, 256, 512, 512};
    for (int block = 0; block < filters.length; block++) {
      for (int i = 0; i < (block < 2 ? 2 : 3); i++) {
        plainConvolution(filters[block]);
      }
      net.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
  }

  private void pool() {
    net.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    net.add(Dropout.builder().optRate(0.2f).build());
  }

  private void build(Job job) {
    if (job.network() == Network.VGG16) {
      vgg16();
      return;
    }
    for (int filters : Work.filters(job)) {
      if (filters == 0) {
        pool();
      } else {
        convolution(filters);
      }
    }
    Linear dense = Linear.builder().setUnits(4).build();
    net.add(Pool.globalAvgPool2dBlock()).add(dense);
    weighted.add(dense);
  }

  /** Gives it octnet's weights, layer by layer. */
  private void copyWeights(Model model) {
    int next = 0;
    for (Layer layer : model.layers()) {
      var parameters = layer.parameters();
      if (parameters.isEmpty()) {
        continue;
      }
      int i = 0;
      for (Parameter target : weighted.get(next++).getParameters().values()) {
        var source = parameters.get(i++);
        float[] values = Arrays.copyOf(source.tensor().data(), source.tensor().size());
        int[] dims = source.shape().toArray();
        if (dims.length == 4) {
          values = Work.outputsFirst(values, dims[0], dims[1], dims[2], dims[3]);
        } else if (dims.length == 2) {
          values = Work.outputsFirst(values, 1, 1, dims[0], dims[1]);
        }
        target.getArray().set(values);
      }
    }
  }

  @Override
  public double check(Job job) throws Exception {
    build(job);
    Model model = Work.model(job);
    Tensor x = Work.images(2);
    float[] expected = Work.expected(job, model, x);
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, 3, Work.IMAGE, Work.IMAGE);
      net.initialize(manager, DataType.FLOAT32, shape);
      copyWeights(model);
      NDArray images = manager.create(Work.channelsFirst(x), shape);
      NDList y = net.forward(new ParameterStore(manager, false), new NDList(images), false);
      NDArray received = y.singletonOrThrow();
      if (job.kind().equals("epoch")) {
        received = received.transpose(0, 2, 3, 1);
      }
      return Work.difference(expected, received.toFloatArray());
    }
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    build(job);
    int batch = job.size();
    float[] images = Work.channelsFirst(Work.images(batch));
    Shape shape = new Shape(batch, 3, Work.IMAGE, Work.IMAGE);
    ai.djl.Model model = ai.djl.Model.newInstance(job.what(), "PyTorch");
    model.setBlock(net);
    if (job.kind().equals("epoch")) {
      net.initialize(model.getNDManager(), DataType.FLOAT32, shape);
      turns.serve(() -> epoch(model.getNDManager(), images, shape));
    }
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(Optimizer.adam().optEpsilon(1e-7f).build());
    Trainer trainer = model.newTrainer(config);
    trainer.initialize(shape);
    turns.serve(() -> step(trainer, images, shape, batch));
  }

  /** Four batches through the frozen backbone. */
  private void epoch(NDManager base, float[] images, Shape shape) {
    for (int i = 0; i < Job.EPOCH_BATCHES; i++) {
      try (NDManager manager = base.newSubManager()) {
        NDArray x = manager.create(images, shape);
        NDList y = net.forward(new ParameterStore(manager, false), new NDList(x), false);
        y.singletonOrThrow().getFloat(0, 0, 0, 0); // wait for it
      }
    }
  }

  private static void step(Trainer trainer, float[] images, Shape shape, int batch) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = manager.create(images, shape);
      NDArray labels = manager.zeros(new Shape(batch));
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(x));
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), logits);
        collector.backward(loss);
        loss.getFloat(); // wait for it
      }
      trainer.step();
    }
  }
}
