package io.octnet.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.models.OnnxExport;
import io.octnet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** ONNX Runtime on octnet's own models, exported: {@code predict NETWORK BATCH}. */
final class OnnxPeer implements Peer {
  private static final int THREADS = Integer.getInteger("peers.threads", 2);

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  private OrtSession session(Model model) throws Exception {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(THREADS);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    return environment.createSession(OnnxExport.of(model), options);
  }

  private OnnxTensor images(Tensor x) throws Exception {
    long[] shape = {x.dim(0), 3, Work.IMAGE, Work.IMAGE};
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(Work.channelsFirst(x)), shape);
  }

  @Override
  public double check(String[] job) throws Exception {
    Model model = Work.model(job[1]);
    Tensor x = Work.images(2);
    float[] expected;
    try (Inference inference = Inference.of(model)) {
      expected = Arrays.copyOf(inference.predict(x).data(), 8);
    }
    try (OrtSession session = session(model);
        OnnxTensor input = images(x);
        OrtSession.Result result = session.run(Map.of("x", input))) {
      float[][] y = (float[][]) result.get(0).getValue();
      float[] received = new float[8];
      System.arraycopy(y[0], 0, received, 0, 4);
      System.arraycopy(y[1], 0, received, 4, 4);
      return Work.difference(expected, received);
    }
  }

  @Override
  public double[] measure(String[] job) throws Exception {
    try (OrtSession session = session(Work.model(job[1]));
        OnnxTensor input = images(Work.images(Integer.parseInt(job[2])))) {
      return Work.measure(() -> session.run(Map.of("x", input)).close());
    }
  }
}
