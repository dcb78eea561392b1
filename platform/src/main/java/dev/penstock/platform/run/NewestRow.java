package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import java.util.List;

/** How far the rows of a log table reach. */
final class NewestRow {
  private NewestRow() {}

  /** The latest event time in the table; the earliest moment there is in an empty one. */
  static long eventTime(LakeTable table, Ref ref) {
    return latest(table, ref, SystemColumns.EVENT_TIME);
  }

  static long seenTime(LakeTable table, Ref ref) {
    return latest(table, ref, SystemColumns.SEEN_TIME);
  }

  private static long latest(LakeTable table, Ref ref, String column) {
    long latest = Long.MIN_VALUE;
    try (BatchReader rows = table.scan().at(ref).columns(List.of(column)).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (long time : ((LongColumn) batch.column(column)).values()) {
          latest = Math.max(latest, time);
        }
      }
    }
    return latest;
  }
}
