package io.octnet.keras;

/**
 * The configuration that a file of a whole model holds.
 *
 * @param json as Keras wrote it
 * @param kerasVersion of the Keras that wrote it; null where the file does not say
 */
public record StoredArchitecture(String json, String kerasVersion) {}
