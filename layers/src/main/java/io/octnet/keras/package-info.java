/**
 * Keras's weight files: reading every format that Keras 1, 2 and 3 have written, mapping them onto
 * a model by name, and writing two that Keras loads.
 *
 * <p>Start at {@link io.octnet.keras.KerasWeights}. A model hands in what it expects ({@link
 * io.octnet.keras.ExpectedWeights}) and gets {@link io.octnet.keras.LayerWeights}: plain arrays,
 * all of them checked, or one {@link io.octnet.keras.WeightFormatException}.
 */
package io.octnet.keras;
