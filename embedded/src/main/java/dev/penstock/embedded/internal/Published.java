package dev.penstock.embedded.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * What readers see between two commits: one snapshot of the database, shared by all of them, with
 * the positions it reflects. Readings use its iterators one after the other, for making one costs
 * more than seeking with it. The last holder lets go of the snapshot.
 */
final class Published implements StateSource {
  final StoreState state;
  private final ReadOptions options;
  private final Rocks rocks;
  private final Snapshot snapshot;
  private final ConcurrentLinkedQueue<RocksIterator> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger holders = new AtomicInteger(1);

  Published(Rocks rocks, StoreState state) {
    this.rocks = rocks;
    this.state = state;
    this.snapshot = rocks.db.getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public ReadOptions options() {
    return options;
  }

  @Override
  public RocksIterator borrow() {
    RocksIterator iterator = idle.poll();
    return iterator != null ? iterator : rocks.db.newIterator(rocks.state, options);
  }

  @Override
  public void giveBack(RocksIterator iterator) {
    idle.add(iterator);
  }

  /** Only while it is the current one, and under the clock's lock: so that it is still held. */
  void retain() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      idle.forEach(RocksIterator::close);
      options.close();
      rocks.db.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }
}
