package dev.penstock.lake.delta;

import java.util.List;
import java.util.OptionalLong;

/**
 * What one version of a published table changes.
 *
 * @param snapshot of our table; empty for one never written to
 * @param about our snapshot in words of JSON, for people
 * @param removed the names of files that are not in the table any more
 */
public record DeltaCommit(
    OptionalLong snapshot, String about, Change change, List<Added> added, List<String> removed) {
  /** Whether readers of changes see anything. */
  public enum Change {
    ROWS,
    /** The same rows in other files. */
    FILES
  }

  /**
   * A data file in the table's folder.
   *
   * @param statistics in JSON, as the protocol has them
   */
  public record Added(String name, long bytes, long rows, String statistics) {}

  public DeltaCommit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** How many rows the added files have. */
  public long rows() {
    return added.stream().mapToLong(Added::rows).sum();
  }
}
