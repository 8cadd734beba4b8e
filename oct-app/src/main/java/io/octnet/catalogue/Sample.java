package io.octnet.catalogue;

import io.octnet.UserException;
import io.octnet.layouts.Item;
import io.octnet.layouts.Listing;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A stratified sample of a listing. A file stays in it when others come or the sample grows. */
final class Sample {
  private Sample() {}

  /** So many files, in each class in proportion but at least one; all where 0. */
  static Listing of(Listing listing, int limit, long seed) {
    List<String> classes = listing.classes();
    if (limit <= 0 || limit >= listing.items().size()) {
      return listing;
    }
    if (limit < classes.size()) {
      throw UserException.usage(
          Text.format(
              "--limit %d is less than the %d classes; expected at least one image of each",
              limit, classes.size()));
    }
    List<List<Item>> byClass =
        IntStream.range(0, classes.size())
            .mapToObj(c -> listing.items().stream().filter(item -> item.label() == c).toList())
            .toList();
    int[] quota =
        Quotas.of(limit - classes.size(), byClass.stream().mapToDouble(List::size).toArray());
    List<Item> sample = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      byClass.get(c).stream()
          .sorted(KeyedHash.order(seed, "limit", Item::name))
          .limit(quota[c] + 1L)
          .forEach(sample::add);
    }
    sample.sort(
        Comparator.comparingInt(Item::label)
            .thenComparing(Item::file)
            .thenComparingInt(Item::frame));
    return listing.withItems(sample);
  }
}
