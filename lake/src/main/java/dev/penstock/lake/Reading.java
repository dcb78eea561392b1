package dev.penstock.lake;

import java.util.Set;

/**
 * Somebody reads a snapshot: maintenance keeps it, and so its files, until this is closed or nobody
 * holds it any more. Thread-safe.
 */
public final class Reading implements AutoCloseable {
  private final Set<Reading> open;
  private final long snapshotId;

  Reading(Set<Reading> open, long snapshotId) {
    this.open = open;
    this.snapshotId = snapshotId;
    open.add(this);
  }

  long snapshotId() {
    return snapshotId;
  }

  @Override
  public void close() {
    open.remove(this);
  }
}
