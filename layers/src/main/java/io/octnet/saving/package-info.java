/**
 * Whole models of Keras: from a file's own configuration to a {@link io.octnet.models.Model}, layer
 * by layer, and back. Start at {@link io.octnet.saving.KerasModels}. What a configuration asks for
 * and is not known here is refused by the layer's name and class; no code of a file is ever run.
 */
package io.octnet.saving;
