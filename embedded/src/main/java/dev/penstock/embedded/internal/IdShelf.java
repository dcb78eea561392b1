package dev.penstock.embedded.internal;

import dev.penstock.source.IdIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The ids in the store: loading those of history, forgetting those that have grown old. */
final class IdShelf {
  private static final int IDS_PER_WRITE = 10_000;

  private final Rocks rocks;
  private final Gate gate;
  private final Sequencer sequencer;

  IdShelf(Rocks rocks, Gate gate, Sequencer sequencer) {
    this.rocks = rocks;
    this.gate = gate;
    this.sequencer = sequencer;
  }

  /** An index to be told the ids of history; it finds nothing. Close it to have them on disk. */
  Loader loader(int source) {
    return new Loader(source);
  }

  final class Loader implements IdIndex, AutoCloseable {
    private final int source;
    private final WriteBatch batch = new WriteBatch();
    // Through the write-ahead log, so that the next synced commit makes it durable as well.
    private final WriteOptions unsynced = new WriteOptions();

    private Loader(int source) {
      this.source = source;
    }

    @Override
    public @Nullable Entry find(long idHigh, long idLow, long rememberedFrom) {
      return null;
    }

    @Override
    public void remember(long idHigh, long idLow, Entry entry) {
      try {
        batch.put(rocks.ids, Bytes.idKey(source, idHigh, idLow), CommitIds.value(entry));
        if (batch.count() >= IDS_PER_WRITE) {
          write();
        }
      } catch (RocksDBException e) {
        throw Rocks.failed("writing ids", e);
      }
    }

    private void write() {
      try {
        rocks.db.write(unsynced, batch);
        batch.clear();
      } catch (RocksDBException e) {
        throw Rocks.failed("writing ids", e);
      }
    }

    @Override
    public void close() {
      write();
      batch.close();
      unsynced.close();
    }
  }

  /**
   * Deletes the source's ids seen before {@code rememberedFrom}. Looks for them beside the commits;
   * each is looked at again in the commit that deletes it, for it may have been given anew.
   */
  long forget(int source, long rememberedFrom) {
    long forgotten = 0;
    gate.enter();
    try (RocksIterator iterator = rocks.db.newIterator(rocks.ids)) {
      byte[] prefix = Bytes.number(source);
      iterator.seek(prefix);
      while (iterator.isValid() && Bytes.startsWith(iterator.key(), prefix)) {
        List<byte[]> old = new ArrayList<>();
        while (iterator.isValid()
            && Bytes.startsWith(iterator.key(), prefix)
            && old.size() < IDS_PER_WRITE) {
          if (CommitIds.entry(iterator.value()).seenTime() < rememberedFrom) {
            old.add(iterator.key());
          }
          iterator.next();
        }
        if (!old.isEmpty()) {
          sequencer.change(commit -> delete(old, rememberedFrom, commit));
        }
        forgotten += old.size();
      }
      return forgotten;
    } finally {
      gate.leave();
    }
  }

  private Runnable delete(List<byte[]> keys, long rememberedFrom, Commit commit) {
    try {
      for (byte[] key : keys) {
        IdIndex.Entry entry = CommitIds.stored(rocks, key);
        if (entry != null && entry.seenTime() < rememberedFrom) {
          commit.batch().delete(rocks.ids, key);
        }
      }
      return () -> {};
    } catch (RocksDBException e) {
      throw Rocks.failed("forgetting ids", e);
    }
  }
}
