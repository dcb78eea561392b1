package dev.penstock.lake;

/**
 * What a write came to.
 *
 * @param rows the rows added; 0 when repeated
 * @param deleted the rows deleted
 * @param repeated the batch id was there already: nothing was read or written, and the snapshot is
 *     the one that has it
 */
public record Appended(long snapshotId, long rows, long deleted, int files, boolean repeated) {
  static Appended repeated(long snapshotId) {
    return new Appended(snapshotId, 0, 0, 0, true);
  }
}
