package dev.penstock.lake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot of a table.
 *
 * @param parent the snapshot it was made from, null for a first one
 * @param committedAt microseconds UTC, of millisecond resolution
 * @param operation append, overwrite, replace or delete
 * @param content the snapshot that gave it its rows: itself, unless it rewrote files only
 * @param addedRows rows this snapshot added
 * @param rows rows in the table as of this snapshot; those that other engines deleted by value
 *     count
 * @param batchId the batch it holds, if it was given one
 * @param properties what {@link TableWrite#property} set here or in a snapshot before
 */
public record TableSnapshot(
    long id,
    @Nullable Long parent,
    long committedAt,
    String operation,
    long content,
    long addedRows,
    long rows,
    @Nullable String batchId,
    Map<String, String> properties) {
  public TableSnapshot {
    properties = Map.copyOf(properties);
  }
}
