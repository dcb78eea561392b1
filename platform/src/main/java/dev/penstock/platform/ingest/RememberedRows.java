package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.source.Acceptance;
import dev.penstock.source.LiveRows;
import dev.penstock.source.MemoryLiveRows;
import dev.penstock.source.SourceSpec;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a source whose rows change has now, by primary key, learnt from its log table and
 * then from each file. Holds every batch of the log that has such a row. Not thread-safe.
 */
final class RememberedRows {
  private final SourceSpec source;
  private MemoryLiveRows rows = new MemoryLiveRows();
  private @Nullable Positions at;

  RememberedRows(SourceSpec source) {
    this.source = source;
  }

  /**
   * The rows there are at these positions, to be changed by what comes next; only {@link #reached}
   * makes those changes count.
   *
   * @param start how far the log is
   */
  LiveRows from(LakeTable log, Positions start) {
    if (source.changes() != null && !start.equals(at)) {
      rows = learnt(log);
    }
    at = null;
    return rows;
  }

  /** What came since {@link #from} is published, and the log is so far. */
  void reached(Positions end) {
    at = end;
  }

  private MemoryLiveRows learnt(LakeTable log) {
    MemoryLiveRows learnt = new MemoryLiveRows();
    if (log.currentSnapshot().isEmpty()) {
      return learnt;
    }
    Acceptance acceptance = new Acceptance(source);
    try (BatchReader batches = log.scan().open()) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        acceptance.remember(batch, learnt);
      }
    }
    return learnt;
  }
}
