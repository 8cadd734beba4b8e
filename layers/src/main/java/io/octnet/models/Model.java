package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.fusion.Program;
import io.octnet.fusion.TrainingProgram;
import io.octnet.graph.Graph;
import io.octnet.graph.LayerNode;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.layers.SoftmaxEnd;
import io.octnet.layers.Symbol;
import io.octnet.losses.Loss;
import io.octnet.optimizers.Optimizer;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A graph of named layers from one input to one output, fixed once made; its weights and which of
 * them are frozen may change.
 *
 * <pre>{@code
 * Symbol x = InputLayer.input(224, 224, 3);
 * Symbol y = new Conv2D(32, 3).padding(SAME).activation(RELU).apply(x);
 * y = new Dense(4).activation(SOFTMAX).apply(new GlobalAveragePooling2D().apply(y));
 * Model model = Model.of("mine", y);
 * model.initialize(42);
 * }</pre>
 *
 * <p>While it runs, each layer's output is released after its last reader. In training some layers
 * run together, {@link Inference} goes further; the results are the same up to rounding.
 */
public final class Model {
  private final String name;
  private final Graph graph;
  private final Program plain; // one step a layer
  private final Program training;
  private Trainer trainer; // null: not compiled
  private final Map<String, Integer> places = new HashMap<>();

  Model(String name, List<LayerNode> nodes) {
    this.name = name;
    this.graph = new Graph(nodes);
    for (LayerNode node : nodes) {
      if (places.put(node.layer().name(), places.size()) != null) {
        throw new IllegalArgumentException(
            Text.format(
                "two layers of the model %s are named %s; names must differ",
                name, node.layer().name()));
      }
    }
    this.plain = Program.plain(graph);
    this.training = TrainingProgram.of(graph);
  }

  /**
   * The model that computes a symbol.
   *
   * @throws IllegalArgumentException if there is not exactly one input, or a name twice
   */
  public static Model of(String name, Symbol output) {
    List<Symbol> order = KerasOrder.of(output);
    long inputs = order.stream().filter(s -> s.inputs().isEmpty()).count();
    if (inputs != 1) {
      throw new IllegalArgumentException(
          Text.format("a model has one input, %s has %d", name, inputs));
    }
    nameAll(order);
    Map<Symbol, Integer> place = new HashMap<>();
    List<LayerNode> nodes = new ArrayList<>();
    for (Symbol symbol : order) {
      place.put(symbol, nodes.size());
      nodes.add(
          new LayerNode(
              symbol.layer(), symbol.inputs().stream().map(place::get).toList(), symbol.shape()));
    }
    return new Model(name, nodes);
  }

  /** Keras's names for layers that have none: dense, dense_1, ... */
  private static void nameAll(List<Symbol> order) {
    Set<String> taken = new HashSet<>();
    order.forEach(symbol -> taken.add(symbol.layer().name()));
    for (Symbol symbol : order) {
      Layer layer = symbol.layer();
      String stem = layer.defaultName();
      for (int i = 0; layer.name() == null; i++) {
        String candidate = i == 0 ? stem : stem + "_" + i;
        if (taken.add(candidate)) {
          layer.named(candidate);
        }
      }
    }
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** All layers, the input included, in Keras's order. */
  public List<Layer> layers() {
    return nodes().stream().map(LayerNode::layer).toList();
  }

  /**
   * The layer of this name.
   *
   * @throws NoSuchElementException if there is none
   */
  public Layer layer(String layerName) {
    return nodes().get(place(layerName)).layer();
  }

  private int place(String layerName) {
    Integer place = places.get(layerName);
    if (place == null) {
      throw new NoSuchElementException(
          Text.format("the model %s has no layer %s; see its summary", name, layerName));
    }
    return place;
  }

  /** Its layers, and who reads whom. */
  public Graph graph() {
    return graph;
  }

  List<LayerNode> nodes() {
    return graph.nodes();
  }

  /** The shape of one example: (H, W, C) for images. */
  public Shape inputShape() {
    return nodes().getFirst().shape();
  }

  /** The shape of one example's output: (classes) for classifiers. */
  public Shape outputShape() {
    return nodes().getLast().shape();
  }

  /** The shape of one example's output of a layer. */
  public Shape outputShape(String layerName) {
    return nodes().get(place(layerName)).shape();
  }

  /** All weights, layer by layer in Keras's order. */
  public List<Parameter> parameters() {
    return nodes().stream().flatMap(node -> node.layer().parameters().stream()).toList();
  }

  /** The weights that training changes now. */
  public List<Parameter> trainableParameters() {
    return parameters().stream().filter(Parameter::isTrainable).toList();
  }

  /** How many numbers the weights have. */
  public long parameterCount() {
    return parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** How many of them training changes. */
  public long trainableParameterCount() {
    return trainableParameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** Gives every weight that has no values yet its initial ones; others keep theirs. */
  public Model initialize(long seed) {
    parameters().stream().filter(p -> !p.hasValues()).forEach(p -> p.initialize(seed));
    return this;
  }

  /** Freezes all layers but those of which this is true; input layers have nothing to freeze. */
  public void setTrainable(Predicate<Layer> trainable) {
    layers().forEach(layer -> layer.setTrainable(trainable.test(layer)));
  }

  /** Sets the momentum of all batch norms; see {@link BatchNormalization#momentum(double)}. */
  public void setBatchNormMomentum(double momentum) {
    batchNorms().forEach(layer -> layer.momentum(momentum));
  }

  /** Its batch norms, in order. */
  public List<BatchNormalization> batchNorms() {
    return layers().stream()
        .filter(BatchNormalization.class::isInstance)
        .map(BatchNormalization.class::cast)
        .toList();
  }

  /** Whether it ends in a softmax, so that it has logits. */
  public boolean isClassifier() {
    return closingActivation() == ActivationFunction.SOFTMAX;
  }

  // ---- running it

  /**
   * The output for a batch.
   *
   * @param x the batch axis, then {@link #inputShape()}; not released
   * @return one hold of the caller's
   */
  public Tensor forward(Tensor x, Pass pass) {
    return run(x, pass, false);
  }

  /**
   * What the closing softmax or sigmoid would be applied to: what to train and to evaluate with.
   *
   * @throws IllegalStateException if the model ends in neither
   */
  public Tensor logits(Tensor x, Pass pass) {
    checkClassifier();
    return run(x, pass, true);
  }

  /**
   * The output in inference, nothing recorded, no layers fused; see {@link Inference} for speed.
   */
  public Tensor predict(Tensor x) {
    return Autograd.noGrad(() -> forward(x, Pass.INFERENCE));
  }

  /**
   * As {@link #predict}, showing every layer's output to an observer, which must not keep it
   * without retaining it.
   */
  public Tensor predict(Tensor x, BiConsumer<Layer, Tensor> observer) {
    checkInput(x);
    return Autograd.noGrad(
        () ->
            plain.run(
                x,
                Pass.INFERENCE,
                false,
                (place, value) -> observer.accept(graph.layer(place), value)));
  }

  private Tensor run(Tensor x, Pass pass, boolean logits) {
    checkInput(x);
    return (pass.training() ? training : plain).run(x, pass, logits);
  }

  /** The activation it ends in; null if its last layer has none. */
  ActivationFunction closingActivation() {
    return nodes().getLast().layer() instanceof SoftmaxEnd end ? end.activation() : null;
  }

  void checkClassifier() {
    ActivationFunction end = closingActivation();
    if (end != ActivationFunction.SOFTMAX && end != ActivationFunction.SIGMOID) {
      throw new IllegalStateException(
          Text.format(
              "the model %s ends in %s, not in a softmax or sigmoid; it has no logits",
              name, nodes().getLast().layer()));
    }
  }

  void checkInput(Tensor x) {
    Shape expected = inputShape();
    int[] dims = x.shape().toArray();
    boolean fits = dims.length == expected.rank() + 1;
    for (int axis = 1; fits && axis < dims.length; axis++) {
      fits = dims[axis] == expected.dim(axis - 1);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          Text.format(
              "the model %s takes batches of shape %s, received %s%s",
              name,
              expected.toString().replaceFirst("\\(", "(N, "),
              x.shape(),
              x.shape().equals(expected)
                  ? ": the batch axis is missing; view one example as a batch of 1"
                  : ""));
    }
  }

  // ---- Keras's short ways: a trainer of its own

  /** What {@link #fit} and {@link #evaluate} use from now on; a training begins anew. */
  public Model compile(Optimizer optimizer, Loss loss) {
    trainer = new Trainer(this, optimizer).loss(loss);
    return this;
  }

  /**
   * Trains for so many more epochs; {@link Trainer} does, and can do more.
   *
   * @param validation evaluated after each epoch; null for none
   * @return a report an epoch
   */
  public List<EpochReport> fit(BatchSource train, BatchSource validation, int epochs) {
    List<EpochReport> reports = new ArrayList<>();
    Callback recorder =
        new Callback() {
          @Override
          public void onEpochEnd(Trainer running, EpochReport report) {
            reports.add(report);
          }
        };
    compiled().callbacks(List.of(recorder)).fit(train, validation, trainer.epoch() + epochs);
    return reports;
  }

  /** Loss and accuracy; {@link Trainer#evaluate} of what it was compiled with. */
  public Evaluation evaluate(BatchSource source) {
    return compiled().evaluate(source);
  }

  private Trainer compiled() {
    if (trainer == null) {
      throw new IllegalStateException(
          Text.format("compile the model %s first: with an optimizer and a loss", name));
    }
    return trainer;
  }

  // ---- parts of it

  /** The model up to and including a layer; it shares the layers. */
  public Model until(String layerName) {
    return new ModelParts(this).until(place(layerName));
  }

  /**
   * The model that goes on from a layer's output; it shares the layers.
   *
   * @throws IllegalArgumentException if something beside that output is needed to go on
   */
  public Model after(String layerName) {
    return new ModelParts(this).after(place(layerName));
  }

  /**
   * The last layer up to which nothing is trained and nothing is random, and after which nothing
   * else is needed: its output is a function of the example alone, and may be computed once. The
   * input's name if training begins right there.
   */
  public String frozenUntil() {
    return new Cut(this).layer();
  }

  /** Layers, shapes, parameters, multiply-adds. */
  public Summary summary() {
    return Summary.of(this);
  }

  /**
   * What training with batches of this size will take at its peak.
   *
   * @param slotsPerWeight of the optimizer: 2 for Adam
   */
  public MemoryPlan memoryPlan(int batchSize, int slotsPerWeight) {
    return MemoryPlan.of(this, batchSize, slotsPerWeight);
  }

  @Override
  public String toString() {
    return "Model " + name + inputShape() + " -> " + outputShape();
  }
}
