package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.octnet.tensor.Shape;
import java.util.OptionalInt;

/** The shape of an input, without the batch axis; sides of images may be left open. */
final class InputShape {
  private static final int LARGEST = 1 << 16;

  private InputShape() {}

  static Shape of(LayerEntry input, OptionalInt imageSize) {
    JsonElement shape = input.config().get("batch_shape");
    if (shape == null || shape.isJsonNull()) {
      shape = input.config().get("batch_input_shape");
    }
    return of(input, Json.array(shape, "the shape of input '" + input.name() + "'"), imageSize);
  }

  static Shape of(LayerEntry entry, JsonArray withBatch, OptionalInt imageSize) {
    int rank = withBatch.size() - 1;
    if (rank < 1 || rank > 4) {
      throw entry.refuse("takes inputs of shape %s; expected images", withBatch);
    }
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      JsonElement length = withBatch.get(i + 1);
      boolean side = rank == 3 && i < 2;
      if (length.isJsonNull() && side) {
        dims[i] =
            imageSize.orElseThrow(
                () -> new Refusal("takes images of any size; say which: --image-size PX"));
      } else {
        dims[i] = Json.index(length, "a side of the input");
      }
      if (dims[i] < 1 || dims[i] > LARGEST) {
        throw entry.refuse(
            "takes inputs of shape %s; expected sides from 1 to %d", withBatch, LARGEST);
      }
    }
    return Shape.of(dims);
  }
}
