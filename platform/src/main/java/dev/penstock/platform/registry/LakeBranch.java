package dev.penstock.platform.registry;

import java.util.Map;
import java.util.Objects;

/**
 * A branch on every table of a version.
 *
 * @param starts by table
 */
public record LakeBranch(
    String name, State state, String version, long madeMicros, Map<String, Start> starts) {
  /** How far it has come. */
  public enum State {
    MAKING,
    MADE,
    MERGING,
    DROPPING
  }

  /**
   * Where a table's branch began.
   *
   * @param content the snapshot that gave that one its rows
   */
  public record Start(long snapshot, long content) {}

  public LakeBranch {
    starts = Map.copyOf(starts);
  }

  /** The snapshot that gave a table the rows that its branch began with. */
  public long content(String table) {
    return Objects.requireNonNull(starts.get(table)).content();
  }
}
