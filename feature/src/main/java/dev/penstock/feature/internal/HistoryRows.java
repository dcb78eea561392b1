package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.FeatureView;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A view's rows of all time, grouped by key and in order (event time, partition, offset) within
 * each: a row's number is its place in that order. Immutable once made.
 */
public final class HistoryRows {
  /** An array cannot be longer. */
  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  final ViewPlan plan;
  final KeyTable keys;

  /** Key k has the rows [starts[k], starts[k + 1]). */
  final int[] starts;

  final Rows rows;
  final long[] seenTimes;

  private HistoryRows(ViewPlan plan, KeyTable keys, int[] starts, Rows rows, long[] seenTimes) {
    this.plan = plan;
    this.keys = keys;
    this.starts = starts;
    this.rows = rows;
    this.seenTimes = seenTimes;
  }

  public static HistoryRows of(FeatureView view, Iterable<Batch> batches) {
    ViewPlan plan = new ViewPlan(view);
    KeyTable keys = new KeyTable(view.entity().keys());
    Deque<BatchRows> parts = new ArrayDeque<>();
    long total = 0;
    for (Batch batch : batches) {
      BatchRows part = new BatchRows(plan, batch, keys);
      parts.add(part);
      total += part.size;
      if (total > MOST_ROWS) {
        throw new PenstockException(
            ErrorCode.LIMIT_EXCEEDED,
            "view '" + view.name() + "' has more than " + MOST_ROWS + " rows in one history",
            "read it in parts, each with all rows of its keys");
      }
    }
    int size = (int) total;
    Arrivals arrivals = new Arrivals(parts, size);
    int[] starts = new int[keys.size() + 1];
    int[] places = arrivals.places(starts);
    int kept = starts[keys.size()];
    Rows rows = new Rows(plan, kept);
    long[] seenTimes = new long[kept];
    int base = 0;
    while (!parts.isEmpty()) {
      // Each part is let go once it is copied: the whole is never held twice.
      BatchRows part = parts.removeFirst();
      copy(part, Arrays.copyOfRange(places, base, base + part.size), rows, seenTimes);
      base += part.size;
    }
    return new HistoryRows(plan, keys, starts, rows, seenTimes);
  }

  private static void copy(BatchRows part, int[] places, Rows rows, long[] seenTimes) {
    for (int row = 0; row < places.length; row++) {
      int place = places[row];
      if (place >= 0) {
        rows.eventTimes[place] = part.eventTimes[row];
        rows.partitions[place] = part.partitions[row];
        rows.offsets[place] = part.offsets[row];
        seenTimes[place] = part.seenTimes[row];
      }
    }
    for (int slot = 0; slot < rows.slots.length; slot++) {
      rows.slots[slot].scatter(part.slots[slot], places);
    }
  }

  /** The rows as they came, to find the place of each in the order. */
  private static final class Arrivals {
    private final int[] keys;
    private final long[] eventTimes;
    private final int[] partitions;
    private final long[] offsets;

    Arrivals(Iterable<BatchRows> parts, int size) {
      keys = new int[size];
      eventTimes = new long[size];
      partitions = new int[size];
      offsets = new long[size];
      int base = 0;
      for (BatchRows part : parts) {
        System.arraycopy(part.keys, 0, keys, base, part.size);
        System.arraycopy(part.eventTimes, 0, eventTimes, base, part.size);
        System.arraycopy(part.partitions, 0, partitions, base, part.size);
        System.arraycopy(part.offsets, 0, offsets, base, part.size);
        base += part.size;
      }
    }

    /** Each arrival's place, below 0 for those of no key; fills in where each key starts. */
    int[] places(int[] starts) {
      int[] order = Grouping.byKey(keys, starts);
      for (int key = 0; key + 1 < starts.length; key++) {
        IndexSort.sort(order, starts[key], starts[key + 1], this::isBefore);
      }
      int[] places = keys;
      Arrays.fill(places, KeyTable.NONE);
      for (int place = 0; place < order.length; place++) {
        places[order[place]] = place;
      }
      return places;
    }

    private boolean isBefore(int b, int a) {
      if (eventTimes[b] != eventTimes[a]) {
        return eventTimes[b] < eventTimes[a];
      }
      return partitions[b] != partitions[a]
          ? partitions[b] < partitions[a]
          : offsets[b] < offsets[a];
    }
  }
}
