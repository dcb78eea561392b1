package dev.penstock.embedded.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.source.BatchCodec;
import dev.penstock.source.LiveRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A source's live rows as one commit sees them: those stored, and what it changes itself. The
 * schema of a row that is put must be in the same commit or in an earlier one.
 */
final class CommitRows implements LiveRows {
  private final Rocks rocks;
  private final LogEntries entries;
  private final int source;
  private final WriteBatch batch;
  private final Map<EntityKey, Optional<Live>> changed = new HashMap<>();

  CommitRows(Rocks rocks, LogEntries entries, int source, WriteBatch batch) {
    this.rocks = rocks;
    this.entries = entries;
    this.source = source;
    this.batch = batch;
  }

  @Override
  public @Nullable Live find(EntityKey key) {
    Optional<Live> change = changed.get(key);
    if (change != null) {
      return change.orElse(null);
    }
    try {
      byte[] stored = rocks.db.get(rocks.rows, Bytes.rowKey(source, key));
      return stored == null ? null : new Live(entries.rows(stored), 0);
    } catch (RocksDBException e) {
      throw Rocks.failed("reading live rows", e);
    }
  }

  @Override
  public void put(EntityKey key, Live row) {
    changed.put(key, Optional.of(row));
    try {
      batch.put(rocks.rows, Bytes.rowKey(source, key), entry(row));
    } catch (RocksDBException e) {
      throw Rocks.failed("writing live rows", e);
    }
  }

  /** The stored form: an entry of the log with one row. */
  static byte[] entry(LiveRows.Live row) {
    return LogEntries.entry(
        Meta.key(row.batch().schema()),
        BatchCodec.encode(row.batch().slice(row.row(), row.row() + 1)));
  }

  @Override
  public void remove(EntityKey key) {
    changed.put(key, Optional.empty());
    try {
      batch.delete(rocks.rows, Bytes.rowKey(source, key));
    } catch (RocksDBException e) {
      throw Rocks.failed("writing live rows", e);
    }
  }
}
