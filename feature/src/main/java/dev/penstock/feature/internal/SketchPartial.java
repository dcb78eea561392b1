package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many values fell into each of the {@link Buckets}: percentiles within a relative error. A
 * cursor stays at the bucket last asked for and is kept right by additions and removals, so that
 * asking again near there walks a few buckets and not all.
 */
final class SketchPartial implements Reversible {
  private static final int INITIAL_BUCKETS = 32;

  /** To look up one bucket costs as much as to walk over so many. */
  private static final int WALKED_PER_LOOKUP = 8;

  private final int slot;
  private @Nullable SlotColumn column;

  /** Buckets ascending, and how many values each holds, which may be none. */
  private int[] buckets = new int[INITIAL_BUCKETS];

  private long[] counts = new long[INITIAL_BUCKETS];

  /** To merge into; then the two pairs of arrays change places. */
  private int[] spareBuckets = {};

  private long[] spareCounts = {};
  private int size;
  private int empty;
  private long total;

  private int cursor;

  /** How many values are in the buckets before the cursor's. */
  private long before;

  SketchPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    size = 0;
    empty = 0;
    total = 0;
    cursor = 0;
    before = 0;
  }

  @Override
  public void add(int row) {
    if (isPresent(row)) {
      change(bucket(row), 1);
    }
  }

  @Override
  public void remove(int row) {
    if (isPresent(row)) {
      change(bucket(row), -1);
    }
  }

  private boolean isPresent(int row) {
    return column != null && column.isPresent(row);
  }

  private int bucket(int row) {
    if (column == null) {
      throw new IllegalStateException("no rows are bound");
    }
    return Buckets.of(
        column.kind == SlotKind.WHOLE ? (double) column.wholes[row] : column.reals[row]);
  }

  private void change(int bucket, long by) {
    int place = Arrays.binarySearch(buckets, 0, size, bucket);
    if (place < 0) {
      place = insert(-place - 1, bucket);
    }
    boolean wasEmpty = counts[place] == 0;
    counts[place] += by;
    total += by;
    if (place < cursor) {
      before += by;
    }
    boolean isEmpty = counts[place] == 0;
    if (wasEmpty && !isEmpty) {
      empty--;
    } else if (isEmpty && !wasEmpty && ++empty > INITIAL_BUCKETS && empty > size / 2) {
      compact();
    }
  }

  /** Puts an empty bucket in; returns its place. */
  private int insert(int place, int bucket) {
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(buckets, place, buckets, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    buckets[place] = bucket;
    counts[place] = 0;
    size++;
    empty++;
    if (place <= cursor && size > 1) {
      cursor++;
    }
    return place;
  }

  /** Drops the empty buckets. */
  private void compact() {
    int kept = 0;
    for (int place = 0; place < size; place++) {
      if (counts[place] != 0) {
        buckets[kept] = buckets[place];
        counts[kept++] = counts[place];
      }
    }
    size = kept;
    empty = 0;
    cursor = 0;
    before = 0;
  }

  @Override
  public void write(ByteSink out) {
    compact();
    out.count(size);
    int previous = 0;
    for (int place = 0; place < size; place++) {
      // The first is of either sign, the gaps are positive.
      if (place == 0) {
        out.signed(buckets[place]);
      } else {
        out.count(buckets[place] - (long) previous);
      }
      out.count(counts[place]);
      previous = buckets[place];
    }
  }

  @Override
  public void merge(ByteSource in) {
    int entries = in.length();
    if (entries > size / WALKED_PER_LOOKUP) {
      zip(in, entries);
      return;
    }
    long bucket = 0;
    for (int i = 0; i < entries; i++) {
      bucket = i == 0 ? in.signed() : bucket + in.count();
      change((int) bucket, in.count());
    }
  }

  /** Walks along both lists of buckets at once. */
  private void zip(ByteSource in, int entries) {
    if (spareBuckets.length < size + entries) {
      int capacity = Math.max(2 * buckets.length, size + entries);
      spareBuckets = new int[capacity];
      spareCounts = new long[capacity];
    }
    int[] merged = spareBuckets;
    long[] mergedCounts = spareCounts;
    int end = 0;
    int place = 0;
    long bucket = 0;
    for (int i = 0; i < entries; i++) {
      bucket = i == 0 ? in.signed() : bucket + in.count();
      int theirs = (int) bucket;
      long count = in.count();
      total += count;
      for (; place < size && buckets[place] < theirs; place++) {
        merged[end] = buckets[place];
        mergedCounts[end++] = counts[place];
      }
      if (place < size && buckets[place] == theirs) {
        count += counts[place++];
      }
      merged[end] = theirs;
      mergedCounts[end++] = count;
    }
    System.arraycopy(buckets, place, merged, end, size - place);
    System.arraycopy(counts, place, mergedCounts, end, size - place);
    size = end + size - place;
    spareBuckets = buckets;
    spareCounts = counts;
    buckets = merged;
    counts = mergedCounts;
    compact();
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (total == 0) {
      answer.nothing();
      return;
    }
    long index = indexOf(aggregate.parameter(), total);
    while (before > index) {
      before -= counts[--cursor];
    }
    while (before + counts[cursor] <= index) {
      before += counts[cursor++];
    }
    answer.real(Buckets.value(buckets[cursor]));
  }

  /**
   * The place, from 0, of the least of n sorted values such that at least a part q of them is no
   * greater: ceil(q n) - 1, in a form that does not step up when q n is rounded up.
   */
  private static long indexOf(double q, long n) {
    return Math.max(1, n - (long) Math.floor(n - q * n)) - 1;
  }
}
