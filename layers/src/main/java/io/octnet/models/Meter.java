package io.octnet.models;

/** Running means of loss and accuracy. */
final class Meter {
  private double lossSum;
  private double correct;
  private long examples;

  /** Adds a batch of so many examples, of which so many are right. */
  void add(float loss, double right, int batch) {
    lossSum += (double) loss * batch;
    correct += right;
    examples += batch;
  }

  long examples() {
    return examples;
  }

  Evaluation means() {
    return new Evaluation(lossSum / examples, correct / examples, examples);
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
    meter.correct = Double.parseDouble(parts[1]);
    meter.examples = Long.parseLong(parts[2]);
    return meter;
  }
}
