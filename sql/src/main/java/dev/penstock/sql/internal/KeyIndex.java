package dev.penstock.sql.internal;

import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.ObjectColumn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the row of a key: strings by hash, integers by binary search, neither boxed per row. */
public sealed interface KeyIndex {
  int MISSING = -1;

  /** The row of each key, or {@link #MISSING}; keys are STRING or INT64. */
  int[] rows(Column keys);

  /** Rows in the order of their keys. */
  int[] sorted();

  /**
   * Indexes a column of strings or integers without nulls.
   *
   * @return null when a key is there twice; {@link #duplicate} finds it
   */
  static @Nullable KeyIndex of(Column keys) {
    return keys instanceof ObjectColumn strings ? ofStrings(strings) : ofLongs(longs(keys));
  }

  /** The key that is there twice. */
  static Object duplicate(Column keys) {
    Map<Object, Integer> seen = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Object key = keys.value(i);
      if (key != null && seen.put(key, i) != null) {
        return key;
      }
    }
    throw new IllegalStateException("every key is there once");
  }

  private static @Nullable KeyIndex ofStrings(ObjectColumn keys) {
    Map<String, Integer> rowOf = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.string(i);
      if (key != null && rowOf.put(key, i) != null) {
        return null;
      }
    }
    int[] sorted =
        rowOf.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .mapToInt(Map.Entry::getValue)
            .toArray();
    return new Strings(rowOf, sorted);
  }

  private static @Nullable KeyIndex ofLongs(long[] keys) {
    int[] sorted =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingLong(row -> keys[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sortedKeys = new long[keys.length];
    for (int i = 0; i < sorted.length; i++) {
      sortedKeys[i] = keys[sorted[i]];
      if (i > 0 && sortedKeys[i] == sortedKeys[i - 1]) {
        return null;
      }
    }
    return new Longs(sortedKeys, sorted);
  }

  private static long[] longs(Column keys) {
    return keys instanceof IntColumn ints
        ? Arrays.stream(ints.values()).asLongStream().toArray()
        : Values.longs(keys);
  }

  /** By hash. */
  final class Strings implements KeyIndex {
    private final Map<String, Integer> rowOf;
    private final int[] sorted;

    private Strings(Map<String, Integer> rowOf, int[] sorted) {
      this.rowOf = rowOf;
      this.sorted = sorted;
    }

    @Override
    public int[] sorted() {
      return sorted;
    }

    @Override
    public int[] rows(Column keys) {
      @Nullable Object[] values = Values.objects(keys);
      int[] rows = new int[values.length];
      Object last = null;
      int lastRow = MISSING;
      for (int i = 0; i < rows.length; i++) {
        Object value = values[i];
        // Equal keys often share one string, and stand together.
        if (value != last) {
          Integer row = value == null ? null : rowOf.get(value);
          lastRow = row == null ? MISSING : row;
          last = value;
        }
        rows[i] = lastRow;
      }
      return rows;
    }
  }

  /** By binary search. */
  final class Longs implements KeyIndex {
    private final long[] keys;
    private final int[] sorted;

    private Longs(long[] keys, int[] sorted) {
      this.keys = keys;
      this.sorted = sorted;
    }

    @Override
    public int[] sorted() {
      return sorted;
    }

    @Override
    public int[] rows(Column column) {
      long[] values = Values.longs(column);
      int[] rows = new int[values.length];
      for (int i = 0; i < rows.length; i++) {
        int found = column.isNull(i) ? MISSING : Arrays.binarySearch(keys, values[i]);
        rows[i] = found < 0 ? MISSING : sorted[found];
      }
      return rows;
    }
  }
}
