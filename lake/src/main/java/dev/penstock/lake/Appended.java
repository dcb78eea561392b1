package dev.penstock.lake;

/**
 * What an append came to.
 *
 * @param rows the rows added; 0 when repeated
 * @param repeated the batch id was there already: nothing was read or written, and the snapshot is
 *     the one that has it
 */
public record Appended(long snapshotId, long rows, int files, boolean repeated) {}
