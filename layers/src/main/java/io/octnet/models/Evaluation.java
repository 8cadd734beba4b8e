package io.octnet.models;

/**
 * Means over examples.
 *
 * @param loss the mean loss, weighted by batch size, as Keras's
 * @param accuracy the share of what is right, as the loss defines it: for a classifier of examples
 *     whose likeliest class is the true one; NaN for a loss of numbers
 * @param examples how many there were
 */
public record Evaluation(double loss, double accuracy, long examples) {}
