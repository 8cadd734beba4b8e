package io.octnet.cli;

import java.util.Collection;
import java.util.List;

/** Finds what a mistyped name may have meant. */
final class EditDistance {
  private EditDistance() {}

  /** The known names that take the fewest edits, at most a third of the letters; sorted. */
  static List<String> closest(String received, Collection<String> known) {
    int limit = Math.max(1, (received.length() + 1) / 3);
    int best = known.stream().mapToInt(name -> of(received, name)).min().orElse(limit + 1);
    if (best > limit) {
      return List.of();
    }
    return known.stream().filter(name -> of(received, name) == best).sorted().toList();
  }

  /** Letters to insert, delete or replace to get from one text to the other (Levenshtein). */
  static int of(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
