package io.octnet.models;

/**
 * How an epoch goes so far.
 *
 * @param epoch from 0
 * @param step from 0, the one just done
 * @param steps of the epoch
 * @param soFar means over the epoch's steps done
 */
public record StepReport(int epoch, int step, int steps, Evaluation soFar) {}
