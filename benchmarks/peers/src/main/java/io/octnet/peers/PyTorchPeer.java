package io.octnet.peers;

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
import io.octnet.layers.Pass;
import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** PyTorch's eager mode through DJL, NCHW, its faster layout here: {@code train NETWORK BATCH}. */
final class PyTorchPeer implements Peer {
  private final SequentialBlock net = new SequentialBlock();
  private final List<Block> weighted = new ArrayList<>();

  private void convolution(int filters) {
    Conv2d convolution =
        Conv2d.builder()
            .setKernelShape(new Shape(3, 3))
            .setFilters(filters)
            .optPadding(new Shape(1, 1))
            .build();
    BatchNorm norm = BatchNorm.builder().optEpsilon(1e-3f).optMomentum(0.99f).build();
    net.add(convolution).add(Activation::relu).add(norm);
    weighted.add(convolution);
    weighted.add(norm);
  }

  private void pool() {
    net.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    net.add(Dropout.builder().optRate(0.2f).build());
  }

  private void build(String network) {
    switch (network) {
      case "cnn3" -> {
        convolution(32);
        convolution(64);
        pool();
        convolution(128);
      }
      case "cnn7" -> {
        for (int filters : new int[] {32, 128, 256}) {
          convolution(filters);
          convolution(filters);
          pool();
        }
        convolution(512);
      }
      default -> throw new IllegalArgumentException("no " + network + " here");
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
        float[] values = java.util.Arrays.copyOf(source.tensor().data(), source.tensor().size());
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
  public double check(String[] job) throws Exception {
    build(job[1]);
    Model model = Work.model(job[1]);
    Tensor x = Work.images(2);
    float[] expected = model.logits(x, Pass.INFERENCE).data();
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, 3, Work.IMAGE, Work.IMAGE);
      net.initialize(manager, DataType.FLOAT32, shape);
      copyWeights(model);
      NDArray images = manager.create(Work.channelsFirst(x), shape);
      NDList y = net.forward(new ParameterStore(manager, false), new NDList(images), false);
      return Work.difference(
          java.util.Arrays.copyOf(expected, 8), y.singletonOrThrow().toFloatArray());
    }
  }

  @Override
  public double[] measure(String[] job) throws Exception {
    build(job[1]);
    int batch = Integer.parseInt(job[2]);
    float[] images = Work.channelsFirst(Work.images(batch));
    Shape shape = new Shape(batch, 3, Work.IMAGE, Work.IMAGE);
    try (ai.djl.Model model = ai.djl.Model.newInstance(job[1], "PyTorch")) {
      model.setBlock(net);
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(Optimizer.adam().build());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(shape);
        return Work.measure(() -> step(trainer, images, shape, batch));
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
