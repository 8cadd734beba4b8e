package io.octnet.models;

/**
 * How an epoch went.
 *
 * @param epoch from 0
 * @param training means over the epoch, while weights were changing
 * @param validation after the epoch; null if there is no validation set
 * @param learningRate that of the epoch's last step
 * @param seconds of training and validation, without what was done before a resumption
 */
public record EpochReport(
    int epoch,
    Evaluation training,
    Evaluation validation,
    float learningRate,
    double seconds,
    double imagesPerSecond) {}
