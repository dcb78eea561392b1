package dev.penstock.quality;

import dev.penstock.data.Column;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bin for null, one per frequent category, one for the rare ones and one for new ones.
 *
 * <p>Even without drift a sample has categories that another sample of the same rows did not have.
 * So the bin of new categories is not empty in the reference: it holds the rows whose category
 * occurs once there, as these would be new if the rest were the reference. (Good, "The population
 * frequencies of species", 1953: their share estimates that of the unseen.)
 *
 * <p>A reference of more than {@value #MOST_CATEGORIES} categories forgets the rare ones, and then
 * cannot tell rare from new: both are in one bin.
 */
record CategoricalBins(
    Type type, List<String> frequent, List<String> rare, boolean forgotten, List<Long> counts)
    implements ReferenceBins {
  static final int MOST_BINS = 50;
  static final int MOST_CATEGORIES = 10_000;

  /**
   * The least rows of a category that is judged alone. With the 5 of the textbooks, samples of one
   * long-tailed distribution alarm eight times in a thousand: the tail's luckiest categories are
   * the ones that reach it. With 10 it is once.
   */
  static final int LEAST_ROWS = 10;

  CategoricalBins {
    frequent = List.copyOf(frequent);
    rare = List.copyOf(rare);
    counts = List.copyOf(counts);
    if (counts.size() != frequent.size() + 3) {
      throw new IllegalArgumentException(frequent.size() + " bins, " + counts.size() + " counts");
    }
  }

  static CategoricalBins of(Column reference) {
    Map<String, Long> byCategory = new HashMap<>();
    long nulls = 0;
    for (int row = 0; row < reference.size(); row++) {
      if (reference.isNull(row)) {
        nulls++;
      } else {
        byCategory.merge(Bins.category(reference, row), 1L, Long::sum);
      }
    }
    List<Map.Entry<String, Long>> ranked = new ArrayList<>(byCategory.entrySet());
    ranked.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    boolean forgotten = ranked.size() > MOST_CATEGORIES;
    List<String> frequent = new ArrayList<>();
    List<String> rare = new ArrayList<>();
    List<Long> counts = new ArrayList<>(List.of(nulls));
    long seldom = 0;
    long single = 0;
    for (Map.Entry<String, Long> entry : ranked) {
      long count = entry.getValue();
      if (frequent.size() < MOST_BINS && count >= LEAST_ROWS) {
        frequent.add(entry.getKey());
        counts.add(count);
        continue;
      }
      if (!forgotten) {
        rare.add(entry.getKey());
      }
      if (count == 1 && !forgotten) {
        single++;
      } else {
        seldom += count;
      }
    }
    counts.add(seldom);
    counts.add(single);
    rare.sort(Comparator.naturalOrder());
    return new CategoricalBins(reference.type(), frequent, rare, forgotten, counts);
  }

  @Override
  public int missingBins() {
    return 1;
  }

  @Override
  public List<Long> count(Column column) {
    Bins.requireSame(type, column);
    Map<String, Integer> binOf = new HashMap<>();
    for (int i = 0; i < frequent.size(); i++) {
      binOf.put(frequent.get(i), 1 + i);
    }
    Set<String> known = new HashSet<>(rare);
    int rareBin = rareBin();
    long[] counts = new long[frequent.size() + 3];
    for (int row = 0; row < column.size(); row++) {
      if (column.isNull(row)) {
        counts[0]++;
        continue;
      }
      String category = Bins.category(column, row);
      Integer bin = binOf.get(category);
      if (bin != null) {
        counts[bin]++;
      } else {
        counts[forgotten || known.contains(category) ? rareBin : rareBin + 1]++;
      }
    }
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }

  /** The bin that takes those too rare to be judged alone; the one of new categories follows it. */
  int rareBin() {
    return frequent.size() + 1;
  }

  @Override
  public List<String> labels() {
    List<String> labels = new ArrayList<>(List.of("null"));
    frequent.forEach(category -> labels.add("'" + category + "'"));
    labels.add(forgotten ? "rare or new" : "rare");
    labels.add("new");
    return labels;
  }
}
