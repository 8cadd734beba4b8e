/**
 * A model, and what is done with it: {@link io.octnet.models.Model}, {@link
 * io.octnet.models.Trainer}, {@link io.octnet.models.Inference}.
 */
package io.octnet.models;
