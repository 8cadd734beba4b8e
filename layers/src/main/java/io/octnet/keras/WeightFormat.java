package io.octnet.keras;

/** The formats in which Keras has saved weights. */
public enum WeightFormat {
  /** {@code save_weights("x.h5")} of Keras 1 and 2, and the official pretrained files. */
  LEGACY_WEIGHTS("Keras weights in HDF5 (.h5)"),
  /** {@code save("x.h5")}: a whole model in HDF5. */
  LEGACY_MODEL("Keras model in HDF5 (.h5)"),
  /** {@code save_weights("x.weights.h5")} of Keras 3 and late versions of Keras 2. */
  VARIABLES("Keras 3 weights in HDF5 (.weights.h5)"),
  /** {@code save("x.keras")}: a zip file of configuration and weights. */
  KERAS_ARCHIVE("Keras 3 model (.keras)");

  private final String text;

  WeightFormat(String text) {
    this.text = text;
  }

  /** In words. */
  @Override
  public String toString() {
    return text;
  }
}
