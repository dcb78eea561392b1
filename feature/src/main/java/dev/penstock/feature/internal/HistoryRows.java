package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feature.FeatureView;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A view's rows of all time, grouped by key and in order (event time, partition, offset) within
 * each: a row's number is its place in that order. Retractions are no rows, they end one. Immutable
 * once made.
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

  /** When and where rows were taken back; null where none may be. */
  final @Nullable Ends ends;

  private HistoryRows(ViewPlan plan, KeyTable keys, int[] starts, int kept) {
    this.plan = plan;
    this.keys = keys;
    this.starts = starts;
    this.rows = new Rows(plan, kept);
    this.seenTimes = new long[kept];
    this.ends = plan.isRetractable() ? new Ends(kept) : null;
  }

  /** Is told of each row, in the order they came, its place or {@link KeyTable#NONE}. */
  interface Placed {
    void at(int[] places);
  }

  public static HistoryRows of(FeatureView view, Iterable<Batch> batches) {
    return of(view, batches, places -> {});
  }

  static HistoryRows of(FeatureView view, Iterable<Batch> batches, Placed placed) {
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
    placed.at(places);
    HistoryRows history = new HistoryRows(plan, keys, starts, starts[keys.size()]);
    int base = 0;
    while (!parts.isEmpty()) {
      // Each part is let go once it is copied: the whole is never held twice.
      BatchRows part = parts.removeFirst();
      history.copy(part, Arrays.copyOfRange(places, base, base + part.size));
      if (history.ends != null) {
        history.ends.copy(part, arrivals, base);
      }
      base += part.size;
    }
    return history;
  }

  private void copy(BatchRows part, int[] places) {
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
}
