package dev.penstock.feature;

import dev.penstock.data.Column;
import java.util.List;

/** What history is asked: for each row a key and a moment. Immutable by agreement. */
public final class Queries {
  private final List<Column> keys;
  private final long[] times;

  /**
   * Takes the array over.
   *
   * @param keys the key columns, in the entity's order; a null key is a key never seen
   * @param times the moments, microseconds
   */
  public Queries(List<? extends Column> keys, long[] times) {
    this.keys = List.copyOf(keys);
    this.times = times;
    for (Column key : keys) {
      if (key.size() != times.length) {
        throw new IllegalArgumentException(key.size() + " keys, " + times.length + " times");
      }
    }
  }

  public List<Column> keys() {
    return keys;
  }

  /** The moments themselves, not a copy: only to be read. */
  public long[] times() {
    return times;
  }

  /** Those with these numbers, in this order. */
  public Queries gather(int[] chosen) {
    long[] gathered = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      gathered[i] = times[chosen[i]];
    }
    return new Queries(keys.stream().map(key -> key.gather(chosen)).toList(), gathered);
  }

  public int size() {
    return times.length;
  }
}
