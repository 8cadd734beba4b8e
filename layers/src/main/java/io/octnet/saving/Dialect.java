package io.octnet.saving;

/** Whose words a configuration uses, where Keras 2 and 3 mean other things by one name. */
enum Dialect {
  /** Also of tf.keras and tf_keras. */
  KERAS2,
  /** Keras 3. */
  KERAS3;

  /** By the version in the file; one that is not told is Keras 3's, which alone leaves it out. */
  static Dialect of(String version) {
    return version != null && (version.startsWith("2") || version.startsWith("1"))
        ? KERAS2
        : KERAS3;
  }
}
