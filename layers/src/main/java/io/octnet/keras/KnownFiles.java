package io.octnet.keras;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The official pretrained weight files of keras.applications, by name and MD5. */
public final class KnownFiles {
  private static final String CURRENT =
      "https://storage.googleapis.com/tensorflow/keras-applications/";

  private static final String OLD =
      "https://github.com/fchollet/deep-learning-models/releases/download/v0.2/";

  private KnownFiles() {}

  /**
   * An official file.
   *
   * @param network {@code vgg16}, {@code resnet50} or {@code densenet121}
   * @param top whether the classifier for ImageNet's 1000 classes is in it
   * @param current whether it is the one that Keras downloads today; ResNet50 has an older one
   * @param fileName its official name, under which Keras keeps it in its cache
   * @param md5 its checksum
   * @param bytes its length; 0 where that is not known here
   * @param uri where it is
   */
  public record KnownFile(
      String network,
      boolean top,
      boolean current,
      String fileName,
      String md5,
      long bytes,
      URI uri) {
    /** As {@code vgg16 without top}. */
    public String description() {
      return network + (top ? " with top" : " without top") + (current ? "" : ", of 2016");
    }
  }

  private static final List<KnownFile> ALL =
      List.of(
          file("vgg16", false, "vgg16/", "6d6bbae143d832006294945121d1f1fc", 58_889_256),
          file("vgg16", true, "vgg16/", "64373286793e3c8b2b4e3219cbf3544b", 553_467_096),
          file("resnet50", false, "resnet/", "4d473c1dd8becc155b73f8504c6f6626", 94_765_736),
          file("resnet50", true, "resnet/", "2cb95161c43110f7111970584f804107", 102_967_424),
          file("resnet50", false, "", "a268eb855778b3df3c7506639542a6af", 94_653_016),
          file("resnet50", true, "", "a7b3fe01876f51b976af0dea6bc144eb", 102_853_048),
          file("densenet121", false, "densenet/", "30ee3e1110167f948a6b9946edeeb738", 29_084_464),
          file("densenet121", true, "densenet/", "9d60b8095a5708f2dcce2bca79d332c7", 0));

  private static KnownFile file(
      String network, boolean top, String folder, String md5, long bytes) {
    boolean current = !folder.isEmpty();
    String name = network + "_weights_tf_dim_ordering_tf_kernels" + (top ? ".h5" : "_notop.h5");
    URI uri = URI.create((current ? CURRENT + folder : OLD) + name);
    return new KnownFile(network, top, current, name, md5, bytes, uri);
  }

  /** All of them. */
  public static List<KnownFile> all() {
    return ALL;
  }

  /**
   * The file that Keras downloads for a network today.
   *
   * @return empty if there are no pretrained weights of that network
   */
  public static Optional<KnownFile> of(String network, boolean top) {
    return ALL.stream()
        .filter(file -> file.network().equals(network) && file.top() == top && file.current())
        .findFirst();
  }

  /** The file with a checksum, if it is an official one. */
  public static Optional<KnownFile> withMd5(String md5) {
    return ALL.stream().filter(file -> file.md5().equals(md5)).findFirst();
  }

  /** A file's MD5 in hexadecimal. */
  public static String md5(Path file) throws IOException {
    return digest(file, "MD5");
  }

  /** A file's digest in hexadecimal; MD5 and SHA-256 are in every JDK. */
  static String digest(Path file, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
