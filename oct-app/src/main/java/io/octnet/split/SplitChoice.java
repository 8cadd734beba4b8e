package io.octnet.split;

import io.octnet.catalogue.Catalogue;
import java.nio.file.Path;

/**
 * How a folder is to be divided.
 *
 * @param rule how the parts are, or were, decided
 * @param file a split made before, which decides alone; or null
 */
public record SplitChoice(Split.Rule rule, Path file, Fractions fractions, long seed) {

  /**
   * Divides a catalogue. By patient, copies of held-out pictures are left out; by image they stay,
   * as they did in the article; parts that the data give are pooled, or kept as they are.
   */
  public Split of(Catalogue catalogue) {
    if (file != null) {
      return SplitCsv.read(file, catalogue).withRule(rule);
    }
    if (rule == Split.Rule.GIVEN) {
      return GivenSplit.of(catalogue, fractions, seed);
    }
    Split made =
        rule == Split.Rule.IMAGE
            ? Splitter.byImage(catalogue, fractions, seed)
            : Leaks.withoutDuplicates(Splitter.byPatient(catalogue, fractions, seed));
    return GivenSplit.leak(catalogue).map(made::withNote).orElse(made);
  }
}
