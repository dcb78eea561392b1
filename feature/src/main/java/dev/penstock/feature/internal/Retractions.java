package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch are retractions, and of which rows. */
final class Retractions {
  private record Position(int partition, long offset) {}

  /** By row, whether it is one. */
  final boolean[] is;

  /** By row, the position of the row it takes back; of one that is no retraction its own. */
  final int[] retractedPartitions;

  final long[] retractedOffsets;

  /** By row, its own position. */
  final int[] partitions;

  final long[] offsets;

  private Retractions(boolean[] is, Batch batch) {
    this.is = is;
    this.partitions = ((IntColumn) batch.column(SystemColumns.PARTITION)).values();
    this.offsets = ((LongColumn) batch.column(SystemColumns.OFFSET)).values();
    this.retractedPartitions = partitions.clone();
    this.retractedOffsets = offsets.clone();
    int[] retractsPartition = ((IntColumn) batch.column(SystemColumns.RETRACTS_PARTITION)).values();
    long[] retractsOffset = ((LongColumn) batch.column(SystemColumns.RETRACTS_OFFSET)).values();
    for (int row = 0; row < is.length; row++) {
      if (is[row]) {
        retractedPartitions[row] = retractsPartition[row];
        retractedOffsets[row] = retractsOffset[row];
      }
    }
  }

  /** Makes rows nobody's that the batch itself takes back, and their retractions. */
  void leaveOutPairs(int[] keys) {
    Map<Position, Integer> retracting = new HashMap<>();
    for (int row = 0; row < is.length; row++) {
      if (is[row]) {
        retracting.put(new Position(retractedPartitions[row], retractedOffsets[row]), row);
      }
    }
    for (int row = 0; row < is.length; row++) {
      Integer retraction =
          is[row] ? null : retracting.get(new Position(partitions[row], offsets[row]));
      if (retraction != null) {
        keys[row] = KeyTable.NONE;
        keys[retraction] = KeyTable.NONE;
      }
    }
  }

  /** Those of a batch; null if it has none. */
  static @Nullable Retractions of(ViewPlan plan, Batch batch) {
    int column = batch.schema().indexOf(SystemColumns.RETRACTS_OFFSET);
    if (column < 0) {
      return null;
    }
    Column retracts = batch.column(column);
    boolean[] is = new boolean[batch.rows()];
    boolean any = false;
    for (int row = 0; row < is.length; row++) {
      is[row] = !retracts.isNull(row);
      any |= is[row];
    }
    if (any && !plan.isRetractable()) {
      throw new IllegalArgumentException(
          "a row of '" + plan.view().name() + "' is retracted, which its rows may not be");
    }
    return any ? new Retractions(is, batch) : null;
  }
}
