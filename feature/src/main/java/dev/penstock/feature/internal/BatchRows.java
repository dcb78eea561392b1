package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch as a view sees it: keys, times, positions, and the values of its slots. */
final class BatchRows {
  final int size;

  /** The key's number in the table, or {@link KeyTable#NONE} where the row is not the view's. */
  final int[] keys;

  final long[] eventTimes;
  final long[] seenTimes;

  /** The position of each row; of a retraction that of the row it takes back. */
  final int[] partitions;

  final long[] offsets;

  /** The retractions of the batch; null where there is none. */
  final @Nullable Retractions retractions;

  final SlotColumn[] slots;

  BatchRows(ViewPlan plan, Batch batch, KeyTable table) {
    size = batch.rows();
    keys = keys(plan, batch, table);
    eventTimes = longs(batch, SystemColumns.EVENT_TIME);
    seenTimes = longs(batch, SystemColumns.SEEN_TIME);
    retractions = Retractions.of(plan, batch);
    partitions =
        retractions == null
            ? ((IntColumn) batch.column(SystemColumns.PARTITION)).values()
            : retractions.retractedPartitions;
    offsets =
        retractions == null ? longs(batch, SystemColumns.OFFSET) : retractions.retractedOffsets;
    slots = new SlotColumn[plan.slots().size()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = SlotColumn.of(plan.slots().get(slot), batch);
    }
  }

  /** By row its key's number, {@link KeyTable#NONE} where the row is not the view's. */
  static int[] keys(ViewPlan plan, Batch batch, KeyTable table) {
    List<Column> keyColumns =
        plan.view().keyColumns().stream().map(name -> batch.column(name)).toList();
    int[] keys = table.intern(keyColumns, batch.rows());
    Expression where = plan.view().where();
    if (where != null) {
      boolean[] holds = SlotColumn.holds(where, batch);
      for (int row = 0; row < keys.length; row++) {
        keys[row] = holds[row] ? keys[row] : KeyTable.NONE;
      }
    }
    return keys;
  }

  private static long[] longs(Batch batch, String name) {
    return ((LongColumn) batch.column(name)).values();
  }
}
