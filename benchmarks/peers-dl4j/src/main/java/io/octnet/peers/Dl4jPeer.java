package io.octnet.peers;

import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J on its CPU back-end, NCHW: {@code train NETWORK BATCH}. */
public final class Dl4jPeer implements Peer {
  private static final int CLASSES = 4;

  @Override
  public String version() {
    Properties properties = new Properties();
    String file = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    try (InputStream in = Nd4j.class.getResourceAsStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "DL4J " + properties.getProperty("version");
  }

  private static MultiLayerNetwork network(Job job) {
    var layers =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3, 0.9, 0.999, 1e-7))
            .convolutionMode(ConvolutionMode.Same)
            .list();
    for (int filters : Work.filters(job)) {
      if (filters == 0) {
        layers.layer(
            new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build());
        layers.layer(new DropoutLayer(0.8)); // what is kept
      } else {
        layers.layer(
            new ConvolutionLayer.Builder(3, 3).nOut(filters).activation(Activation.RELU).build());
        layers.layer(
            new BatchNormalization.Builder().eps(1e-3).decay(0.99).useLogStd(false).build());
      }
    }
    layers.layer(new GlobalPoolingLayer(PoolingType.AVG));
    layers.layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
    layers.setInputType(InputType.convolutional(Work.IMAGE, Work.IMAGE, 3));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  /** Gives it octnet's weights, layer by layer. */
  private static void copyWeights(Model model, MultiLayerNetwork network) {
    List<Layer> ours = model.layers().stream().filter(l -> !l.parameters().isEmpty()).toList();
    int next = 0;
    for (var layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        List<Parameter> source = ours.get(next++).parameters();
        String[] names =
            source.size() == 4
                ? new String[] {"gamma", "beta", "mean", "var"}
                : new String[] {"W", "b"};
        for (int i = 0; i < names.length; i++) {
          layer.getParam(names[i]).assign(array(source.get(i)));
        }
      }
    }
  }

  private static INDArray array(Parameter parameter) {
    int[] d = parameter.shape().toArray();
    float[] values = Arrays.copyOf(parameter.tensor().data(), parameter.tensor().size());
    return switch (d.length) {
      case 4 ->
          Nd4j.create(
              Work.outputsFirst(values, d[0], d[1], d[2], d[3]),
              new long[] {d[3], d[2], d[0], d[1]},
              'c');
      case 2 -> Nd4j.create(values, new long[] {d[0], d[1]}, 'c');
      default -> Nd4j.create(values, new long[] {1, d[0]}, 'c');
    };
  }

  private static INDArray images(Tensor x) {
    long[] shape = {x.dim(0), 3, Work.IMAGE, Work.IMAGE};
    return Nd4j.create(Work.channelsFirst(x), shape, 'c');
  }

  @Override
  public double check(Job job) {
    Model model = Work.model(job);
    MultiLayerNetwork network = network(job);
    copyWeights(model, network);
    Tensor x = Work.images(2);
    float[] expected = Work.softmax(Work.expected(job, model, x), CLASSES);
    return Work.difference(expected, network.output(images(x)).data().asFloat());
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    MultiLayerNetwork network = network(job);
    INDArray x = images(Work.images(job.size()));
    float[] classes = new float[job.size() * CLASSES];
    for (int i = 0; i < job.size(); i++) {
      classes[CLASSES * i] = 1;
    }
    INDArray labels = Nd4j.create(classes, new long[] {job.size(), CLASSES}, 'c');
    turns.serve(
        () -> {
          network.fit(x, labels);
          network.score();
        });
  }
}
