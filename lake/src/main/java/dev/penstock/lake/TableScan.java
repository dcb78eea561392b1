package dev.penstock.lake;

import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import java.util.List;

/** Rows to be read from a table: refine, then {@link #open}. Immutable. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class TableScan {
  private TableScan() {}

  /** Reads this state; without it, what is published when the scan is opened. */
  public TableScan at(Ref ref) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads only what appends added after this snapshot, which must be one the state read came from.
   */
  public TableScan after(long snapshotId) {
    throw new UnsupportedOperationException();
  }

  public TableScan columns(List<String> names) {
    throw new UnsupportedOperationException();
  }

  /** Only rows that meet this condition too. */
  public TableScan where(Condition condition) {
    throw new UnsupportedOperationException();
  }

  /** The columns that are read, as the state read has them. */
  public Schema schema() {
    throw new UnsupportedOperationException();
  }

  /**
   * The rows. Files come in the order in which they were committed, rows in the order in which they
   * were written.
   *
   * @throws dev.penstock.data.PenstockException {@code NOT_FOUND} if there is no such state; {@code
   *     UNSUPPORTED} if rows were deleted by delete files
   */
  public BatchReader open() {
    throw new UnsupportedOperationException();
  }

  /**
   * The files that hold the rows. Rows in them that do not meet the conditions are not filtered.
   */
  public TableFiles files() {
    throw new UnsupportedOperationException();
  }
}
