package io.octnet.peers;

import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;

import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A model for an engine that is no JVM: its graph as lines in one file, its numbers in another:
 * float32, little endian, one after the other: two images (N, H, W, 3), what the model says of
 * them, all weights in Keras's order and layout.
 */
final class Exchange {
  private Exchange() {}

  static void write(Job job, Path folder) throws IOException {
    Model model = Work.model(job);
    Files.write(folder.resolve("graph"), GraphLines.of(model));
    Path file = folder.resolve("exchange");
    Tensor x = Work.images(2);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, x.data(), x.size());
      float[] expected = Work.expected(job, model, x);
      write(out, expected, expected.length);
      for (Layer layer : model.layers()) {
        for (Parameter parameter : layer.parameters()) {
          write(out, parameter.tensor().data(), parameter.tensor().size());
        }
      }
    }
  }

  private static void write(FileChannel out, float[] values, int n) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, 0, n);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
