package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch that belong to a view, in the order of key and event time. A row that the
 * same batch takes back is left out with its retraction.
 */
final class KeyedRows {
  final Rows rows;

  /** The retractions of the batch; null where there is none. */
  final @Nullable Retractions retractions;

  /** Row numbers in that order; key k has the places [starts[k], starts[k + 1]). */
  final int[] order;

  final int[] starts;

  /** What the addresses of each key begin with. */
  final List<byte[]> keys = new ArrayList<>();

  /**
   * @param horizon rows of earlier event times are left out
   */
  KeyedRows(ViewPlan plan, Batch batch, long horizon) {
    KeyTable table = new KeyTable(plan.view().entity().keys());
    BatchRows part = new BatchRows(plan, batch, table);
    for (int row = 0; row < part.size; row++) {
      part.keys[row] = part.eventTimes[row] < horizon ? KeyTable.NONE : part.keys[row];
    }
    retractions = part.retractions;
    if (retractions != null) {
      retractions.leaveOutPairs(part.keys);
    }
    rows = new Rows(part);
    starts = new int[table.size() + 1];
    order = Grouping.byKey(part.keys, starts);
    for (int key = 0; key < table.size(); key++) {
      keys.add(Addresses.ofKey(table.key(key).bytes()));
      IndexSort.sort(
          order, starts[key], starts[key + 1], (b, a) -> rows.eventTimes[b] < rows.eventTimes[a]);
    }
  }

  boolean isRetraction(int place) {
    return retractions != null && retractions.is[order[place]];
  }

  long eventTime(int place) {
    return rows.eventTimes[order[place]];
  }
}
