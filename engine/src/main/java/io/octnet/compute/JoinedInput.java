package io.octnet.compute;

/**
 * What a convolution reads where several tensors lie side by side, as if their channels had been
 * concatenated: {@code scale[c] * x[c] + shift[c]} with c counted over all parts, as {@link
 * ConvInput} has it. A dense block's layers read all layers before them; so nothing is copied.
 *
 * @param parts (N, H, W, C of the part) each
 * @param channels of each part
 * @param scale (sum of C), or null for the values themselves
 * @param shift (sum of C), null exactly where {@code scale} is
 * @param relu whether negative values of the scaled input count as 0
 */
public record JoinedInput(
    float[][] parts, int[] channels, float[] scale, float[] shift, boolean relu) {

  /** The parts concatenated into {@code to}: (pixels, sum of C). */
  public ConvInput join(int pixels, float[] to) {
    int total = 0;
    for (int c : channels) {
      total += c;
    }
    int start = 0;
    for (int j = 0; j < parts.length; j++) {
      for (int i = 0; i < pixels; i++) {
        System.arraycopy(parts[j], i * channels[j], to, i * total + start, channels[j]);
      }
      start += channels[j];
    }
    return new ConvInput(to, scale, shift, relu);
  }
}
