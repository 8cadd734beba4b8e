package io.octnet.models;

/**
 * Means over examples.
 *
 * @param loss the mean loss, weighted by batch size, as Keras's
 * @param accuracy the share of examples whose likeliest class is the true one
 * @param examples how many there were
 */
public record Evaluation(double loss, double accuracy, long examples) {}
