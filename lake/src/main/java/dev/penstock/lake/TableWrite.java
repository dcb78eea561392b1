package dev.penstock.lake;

import dev.penstock.data.Positions;
import dev.penstock.format.BatchReader;

/** Rows to be added to a table: refine, then {@link #append}. Immutable. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class TableWrite {
  private TableWrite() {}

  /** Writes to this branch, which begins at what is published now if there is none yet. */
  public TableWrite toBranch(String branch) {
    throw new UnsupportedOperationException();
  }

  /**
   * Names the batch: a batch of this id that the branch holds already is not appended again. The id
   * is kept in the snapshot, and the last ones in all snapshots after it.
   */
  public TableWrite batchId(String batchId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Commits this with the rows. All snapshots made after this one have it too, until another value
   * is given, so that it survives expiry.
   */
  public TableWrite property(String key, String value) {
    throw new UnsupportedOperationException();
  }

  /** The property {@value #POSITIONS}. */
  public TableWrite positions(Positions positions) {
    throw new UnsupportedOperationException();
  }

  public static final String POSITIONS = "positions";

  /** Starts a new file at about this size. */
  public TableWrite targetFileBytes(long bytes) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds the rows in one commit: all of them or none. Columns are found by name; one that is
   * missing and nullable is null. Closes the reader.
   *
   * @throws dev.penstock.data.PenstockException {@code SCHEMA_INCOMPATIBLE}; {@code CONFLICT_RETRY}
   *     if others kept committing first; {@code UNKNOWN_STATE} if it cannot be told whether the
   *     commit happened
   */
  public Appended append(BatchReader rows) {
    throw new UnsupportedOperationException();
  }

  /** Like {@link #append}, but the rows take the place of all there were on the branch. */
  public Appended replace(BatchReader rows) {
    throw new UnsupportedOperationException();
  }
}
