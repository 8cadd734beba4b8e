package io.octnet.models;

import io.octnet.tensor.Tensor;

/** Running means of loss and accuracy. */
final class Meter {
  private double lossSum;
  private long correct;
  private long examples;

  /**
   * Adds a batch.
   *
   * @param logits (N, C); the first of equal ones counts as the likeliest class
   */
  void add(float loss, Tensor logits, int[] labels) {
    lossSum += (double) loss * labels.length;
    examples += labels.length;
    int classes = logits.dim(1);
    float[] values = logits.data();
    for (int n = 0; n < labels.length; n++) {
      int likeliest = 0;
      for (int c = 1; c < classes; c++) {
        if (values[n * classes + c] > values[n * classes + likeliest]) {
          likeliest = c;
        }
      }
      if (likeliest == labels[n]) {
        correct++;
      }
    }
  }

  long examples() {
    return examples;
  }

  Evaluation means() {
    return new Evaluation(lossSum / examples, (double) correct / examples, examples);
  }

  String text() {
    return lossSum + " " + correct + " " + examples;
  }

  static Meter parse(String text) {
    String[] parts = text.split(" ");
    if (parts.length != 3) {
      throw new IllegalArgumentException("saved sums of an epoch are three numbers: " + text);
    }
    Meter meter = new Meter();
    meter.lossSum = Double.parseDouble(parts[0]);
    meter.correct = Long.parseLong(parts[1]);
    meter.examples = Long.parseLong(parts[2]);
    return meter;
  }
}
