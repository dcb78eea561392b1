package dev.penstock.quality;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each value occurs, exactly, while there are at most {@value #MOST_VALUES} of them and
 * no text is longer than {@value #LONGEST_TEXT} chars; otherwise there is nothing but the mark
 * {@code overflowed}. Which of the two it is, follows from the set of values alone, so merging
 * gives what one pass would.
 *
 * @param counts the rows of each value; empty when overflowed
 * @param overflowed whether there were more or longer values than are counted
 */
public record Frequencies(Map<Object, Long> counts, boolean overflowed) {
  public static final int MOST_VALUES = 1_000;
  public static final int LONGEST_TEXT = 200;

  public static final Frequencies NONE = new Frequencies(Map.of(), false);
  static final Frequencies OVERFLOWED = new Frequencies(Map.of(), true);

  public Frequencies {
    counts = Collections.unmodifiableMap(new HashMap<>(counts));
    if (counts.size() > MOST_VALUES || (overflowed && !counts.isEmpty())) {
      throw new IllegalArgumentException(counts.size() + " values");
    }
  }

  /** A value and how many rows have it. */
  public record Entry(Object value, long count) {}

  /** The most frequent values, ties in the order of the values; none when overflowed. */
  public List<Entry> top(int limit) {
    return counts.entrySet().stream()
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Entry::count)
                .reversed()
                .thenComparing(Entry::value, Values::compare))
        .limit(limit)
        .toList();
  }

  public Frequencies merge(Frequencies other) {
    if (overflowed || other.overflowed) {
      return OVERFLOWED;
    }
    Map<Object, Long> all = new HashMap<>(counts);
    other.counts.forEach((value, count) -> all.merge(value, count, Long::sum));
    return all.size() > MOST_VALUES ? OVERFLOWED : new Frequencies(all, false);
  }
}
