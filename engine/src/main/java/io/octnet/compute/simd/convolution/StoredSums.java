package io.octnet.compute.simd.convolution;

import io.octnet.compute.simd.channels.SimdChannels;
import io.octnet.compute.simd.kernel.Width;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sum and sum of squares of each channel of what the tasks of a convolution store, taken while it
 * is in the cache. Tasks follow from the shape and are added in order.
 *
 * <p>As {@link SimdChannels#sums} does, a task sums {@code y - pivot}, pivot being its first pixel,
 * so that a large mean does not drown a small variance; short float sums are emptied into doubles.
 */
public final class StoredSums {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();
  private static final int SHORT_SUM = 64;

  private final int channels;
  private final Task[] tasks;

  public StoredSums(int tasks, int channels) {
    this.channels = channels;
    this.tasks = new Task[tasks];
  }

  /** The sums of one task, to be taken by its thread. */
  public Task task(int number) {
    tasks[number] = new Task(channels);
    return tasks[number];
  }

  /** Adds up all tasks; {@code sums}: 2 C. */
  public void finish(double[] sums) {
    Arrays.fill(sums, 0, 2 * channels, 0);
    for (Task task : tasks) {
      for (int c = 0; c < channels; c++) {
        double p = task.pivot[c];
        double n = task.pixels[c];
        sums[c] += task.first[c] + n * p;
        sums[channels + c] += task.second[c] + 2 * p * task.first[c] + n * p * p;
      }
    }
  }

  /** The sums of one task. */
  public static final class Task {
    private final float[] pivot;
    private final int[] pixels;
    private final double[] first;
    private final double[] second;
    private final float[] part = new float[2 * L];

    private Task(int channels) {
      pivot = new float[channels];
      pixels = new int[channels];
      first = new double[channels];
      second = new double[channels];
    }

    /**
     * Adds pixels that were stored.
     *
     * @param at where channel {@code channel} of the first pixel is
     * @param stride from pixel to pixel
     * @param channel the first of {@code length} channels
     */
    public void add(float[] y, int at, int count, int stride, int channel, int length) {
      if (pixels[channel] == 0) {
        System.arraycopy(y, at, pivot, channel, length);
      }
      for (int from = 0; from < count; from += SHORT_SUM) {
        int some = Math.min(SHORT_SUM, count - from);
        int start = at + from * stride;
        int c = 0;
        for (; c + L <= length; c += L) {
          vectors(y, start + c, some, stride, pivot, channel + c, part);
          for (int j = 0; j < L; j++) {
            first[channel + c + j] += part[j];
            second[channel + c + j] += part[L + j];
          }
        }
        for (; c < length; c++) {
          scalar(y, start + c, some, stride, channel + c);
        }
      }
      for (int c = channel; c < channel + length; c++) {
        pixels[c] += count;
      }
    }

    private void scalar(float[] y, int at, int count, int stride, int c) {
      for (int i = 0; i < count; i++) {
        double d = y[at + i * stride] - pivot[c];
        first[c] += d;
        second[c] += d * d;
      }
    }
  }

  /** Two sums of every other pixel each, so that additions need not wait for each other. */
  private static void vectors(
      float[] y, int at, int count, int stride, float[] pivot, int pivotAt, float[] part) {
    FloatVector p = FloatVector.fromArray(S, pivot, pivotAt);
    FloatVector first0 = FloatVector.zero(S);
    FloatVector first1 = FloatVector.zero(S);
    FloatVector second0 = FloatVector.zero(S);
    FloatVector second1 = FloatVector.zero(S);
    int i = 0;
    for (; i + 1 < count; i += 2, at += 2 * stride) {
      FloatVector d0 = FloatVector.fromArray(S, y, at).sub(p);
      FloatVector d1 = FloatVector.fromArray(S, y, at + stride).sub(p);
      first0 = first0.add(d0);
      first1 = first1.add(d1);
      second0 = d0.fma(d0, second0);
      second1 = d1.fma(d1, second1);
    }
    if (i < count) {
      FloatVector d = FloatVector.fromArray(S, y, at).sub(p);
      first0 = first0.add(d);
      second0 = d.fma(d, second0);
    }
    first0.add(first1).intoArray(part, 0);
    second0.add(second1).intoArray(part, L);
  }
}
