package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import java.util.List;

/** When the newest row of a log table became known. */
final class HistoryEnd {
  private HistoryEnd() {}

  static long of(LakeTable table) {
    long newest = Long.MIN_VALUE;
    try (BatchReader rows = table.scan().columns(List.of(SystemColumns.SEEN_TIME)).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (long seen : ((LongColumn) batch.column(SystemColumns.SEEN_TIME)).values()) {
          newest = Math.max(newest, seen);
        }
      }
    }
    return newest;
  }
}
