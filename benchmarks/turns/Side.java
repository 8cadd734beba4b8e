import io.octnet.compute.Backend;
import io.octnet.models.*;
import io.octnet.optimizers.Adam;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;

/** One version of the engine: what Turns asks it to do. Compiled against each version's classes. */
public final class Side {
  /** {@code predict NETWORK BATCH PX} or {@code train NETWORK BATCH PX}, ready to be repeated. */
  public static Runnable job(String[] words) {
    Network network = Network.valueOf(words[1].toUpperCase(java.util.Locale.ROOT));
    int batch = Integer.parseInt(words[2]);
    int px = Integer.parseInt(words[3]);
    Model model = network.article(px, px, 4);
    Tensor x = Tensor.zeros(Shape.of(batch, px, px, 3));
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.nextFloat();
    }
    if (words[0].equals("predict")) {
      Inference inference = Inference.of(model.initialize(1));
      return () -> inference.predict(x).release();
    }
    if (network.isBackbone()) {
      FineTune.ALL.apply(network, model);
    }
    return training(model.initialize(1), x);
  }

  private static Runnable training(Model model, Tensor x) {
    int[] labels = new int[x.dim(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
    }
    Trainer trainer = new Trainer(model, new Adam());
    BatchSource oneStep =
        new BatchSource() {
          @Override
          public int steps() {
            return 1;
          }

          @Override
          public int examples() {
            return labels.length;
          }

          @Override
          public Batches open(int epoch, int firstStep) {
            return new Batches() {
              private boolean given;

              @Override
              public Batch next() {
                boolean first = !given;
                given = true;
                return first ? new Batch(x, labels) : null;
              }

              @Override
              public void close() {}
            };
          }
        };
    int[] epoch = {0};
    return () -> trainer.fit(oneStep, null, ++epoch[0]);
  }

  public static long poolBytes() {
    return Backend.compute().pool().heldBytes();
  }
}
