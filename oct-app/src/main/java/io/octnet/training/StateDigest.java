package io.octnet.training;

import io.octnet.layers.Parameter;
import io.octnet.models.Trainer;
import io.octnet.models.TrainerState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of all that a training needs to go on: a saved state with another one is damaged. */
final class StateDigest {
  private static final int CHUNK = 1 << 14;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES);

  private StateDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Of weights, optimizer, callbacks and position, as they are now. */
  static String of(Trainer trainer) {
    StateDigest all = new StateDigest();
    for (Parameter parameter : trainer.model().parameters()) {
      all.add(parameter.path(), parameter.tensor().data());
    }
    TrainerState state = trainer.state();
    new TreeMap<>(state.slots()).forEach(all::add);
    for (Map.Entry<String, String> value : new TreeMap<>(state.values()).entrySet()) {
      all.add(value.getKey() + "=" + value.getValue());
    }
    return HexFormat.of().formatHex(all.digest.digest());
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private void add(String name, float[] values) {
    add(name);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, count);
      digest.update(buffer.limit(count * Float.BYTES));
    }
  }
}
