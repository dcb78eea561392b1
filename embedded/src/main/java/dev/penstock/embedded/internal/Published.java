package dev.penstock.embedded.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/**
 * What readers see between two commits: one snapshot of the database, shared by all of them, with
 * the positions it reflects. The last holder lets go of the snapshot.
 */
final class Published {
  final StoreState state;
  final ReadOptions options;
  private final Rocks rocks;
  private final Snapshot snapshot;
  private final AtomicInteger holders = new AtomicInteger(1);

  Published(Rocks rocks, StoreState state) {
    this.rocks = rocks;
    this.state = state;
    this.snapshot = rocks.db.getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  /** Only while it is the current one, and under the clock's lock: so that it is still held. */
  void retain() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      options.close();
      rocks.db.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }
}
