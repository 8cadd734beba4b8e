package io.octnet.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.octnet.models.Model;
import io.octnet.models.OnnxExport;
import io.octnet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX Runtime on octnet's own models, exported by the check, so that the process that is measured
 * holds ONNX Runtime's memory alone: {@code predict NETWORK BATCH}, {@code epoch vgg16 BATCH}.
 */
final class OnnxPeer implements Peer {
  private static final Path FILE = Path.of(System.getProperty("peers.folder"), "model.onnx");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Override
  public String version() {
    return "ONNX Runtime " + environment.getVersion();
  }

  private OrtSession session() throws Exception {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(Work.THREADS);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.addConfigEntry("session.force_spinning_stop", "1"); // not in the other one's turn
    return environment.createSession(FILE.toString(), options);
  }

  private OnnxTensor images(Tensor x) throws Exception {
    long[] shape = {x.dim(0), 3, Work.IMAGE, Work.IMAGE};
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(Work.channelsFirst(x)), shape);
  }

  @Override
  public double check(Job job) throws Exception {
    Model model = Work.model(job);
    Files.write(FILE, OnnxExport.of(model));
    Tensor x = Work.images(2);
    float[] expected = Work.expected(job, model, x);
    try (OrtSession session = session();
        OnnxTensor input = images(x);
        OrtSession.Result result = session.run(Map.of("x", input))) {
      FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] received = new float[y.remaining()];
      y.get(received);
      if (job.kind().equals("epoch")) {
        int channels = model.outputShape().dim(2);
        int places = model.outputShape().size() / channels;
        return Work.difference(Work.channelsFirst(expected, 2, places, channels), received);
      }
      return Work.difference(Work.softmax(expected, 4), received);
    }
  }

  @Override
  public void serve(Job job, Turns turns) throws Exception {
    int calls = job.kind().equals("epoch") ? Job.EPOCH_BATCHES : 1;
    OrtSession session = session();
    OnnxTensor input = images(Work.images(job.size()));
    turns.serve(
        () -> {
          for (int i = 0; i < calls; i++) {
            session.run(Map.of("x", input)).close();
          }
        });
  }
}
