package io.octnet.tensor;

/**
 * What a convolution learnt of its output while storing it, for the batch norm that alone reads it.
 *
 * @param values 2 C: the sum of each channel, then the sum of squares
 * @param undoRelu whether the output was rectified and the norm's backward rule undoes that, too:
 *     it reads the output anyway, the convolution would read it once more
 */
public record ChannelSums(double[] values, boolean undoRelu) {}
