package io.octnet.features;

import io.octnet.images.Preprocess;
import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of all that features depend on, so that another network or image never hits. */
final class FeatureKey {
  private FeatureKey() {}

  /**
   * What the features of all images depend on: the layers and their weights, what is done to
   * pixels, and what computes, since sums differ in the last bit between vector widths.
   *
   * @param frozen the constant part
   * @param backend name and vector width
   */
  static FeatureFile.Id identity(
      Model frozen, Preprocess preprocess, int imageSize, String backend) {
    MessageDigest digest = sha256();
    text(digest, "octnet features 1");
    text(digest, frozen.name());
    text(digest, preprocess.name());
    text(digest, Integer.toString(imageSize));
    text(digest, backend);
    for (Parameter parameter : frozen.parameters()) {
      text(digest, parameter.path() + parameter.shape());
      float[] values = parameter.tensor().data();
      int size = parameter.tensor().size();
      ByteBuffer bytes = ByteBuffer.allocate(size * 4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, 0, size);
      digest.update(bytes);
    }
    return new FeatureFile.Id(digest.digest());
  }

  /**
   * One image, as it is or changed.
   *
   * @param hash of the image's decoded pixels
   * @param change what was done to it: seed, variant and place in the data decide; empty for
   *     nothing
   */
  static FeatureFile.Id image(String hash, String change) {
    MessageDigest digest = sha256();
    text(digest, hash);
    text(digest, change);
    return new FeatureFile.Id(digest.digest());
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
