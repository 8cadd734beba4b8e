package io.octnet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionTreeTest {
  @Test
  void separableClassesAreTold() {
    double[][] features = new double[60][];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 3;
      features[i] = new double[] {i * 7 % 10, labels[i] == 2 ? 5 : labels[i] * 10};
    }
    DecisionTree tree =
        DecisionTree.grow(FeatureTable.of(features), labels, 3, IntStream.range(0, 60).toArray());
    for (int i = 0; i < 60; i++) {
      assertThat(tree.predict(features[i])).isEqualTo(labels[i]);
    }
    assertThat(tree.predict(new double[] {3, 100})).isEqualTo(1);
  }

  @Test
  void rareClassesCountAsMuchAsFrequentOnes() {
    double[][] features = new double[110][];
    int[] labels = new int[110];
    for (int i = 0; i < 110; i++) {
      labels[i] = i < 100 ? 0 : 1;
      features[i] = new double[] {i < 70 ? 0 : 1}; // 30 of 100 and 10 of 10
    }
    DecisionTree tree =
        DecisionTree.grow(FeatureTable.of(features), labels, 2, IntStream.range(0, 110).toArray());
    assertThat(tree.predict(new double[] {1})).isEqualTo(1);
    assertThat(tree.predict(new double[] {0})).isZero();
  }

  @Test
  void constantFeaturesTellNothing() {
    double[][] features = new double[20][1];
    int[] labels = IntStream.range(0, 20).map(i -> i % 2).toArray();
    DecisionTree tree =
        DecisionTree.grow(FeatureTable.of(features), labels, 2, IntStream.range(0, 20).toArray());
    assertThat(tree.predict(new double[] {0})).isEqualTo(tree.predict(new double[] {9}));
  }
}
