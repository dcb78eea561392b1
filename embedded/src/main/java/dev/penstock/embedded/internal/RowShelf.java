package dev.penstock.embedded.internal;

import dev.penstock.data.EntityKey;
import dev.penstock.data.Schema;
import dev.penstock.source.LiveRows;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An index to be told the live rows of history; it finds nothing. Close it to have them on disk, as
 * safe as the next synced commit makes them.
 */
final class RowShelf implements LiveRows, AutoCloseable {
  private static final int CHANGES_PER_WRITE = 1_000;

  private final Rocks rocks;
  private final int source;
  private final Set<Schema> schemas = new HashSet<>();
  private final WriteBatch batch = new WriteBatch();
  private final WriteOptions unsynced = new WriteOptions();

  RowShelf(Rocks rocks, int source) {
    this.rocks = rocks;
    this.source = source;
  }

  @Override
  public @Nullable Live find(EntityKey key) {
    return null;
  }

  @Override
  public void put(EntityKey key, Live row) {
    try {
      if (schemas.add(row.batch().schema())) {
        Schema schema = row.batch().schema();
        Meta.put(batch, rocks, Meta.key(schema), schema);
      }
      batch.put(rocks.rows, Bytes.rowKey(source, key), CommitRows.entry(row));
      writeWhereLarge();
    } catch (RocksDBException e) {
      throw Rocks.failed("writing live rows", e);
    }
  }

  @Override
  public void remove(EntityKey key) {
    try {
      batch.delete(rocks.rows, Bytes.rowKey(source, key));
      writeWhereLarge();
    } catch (RocksDBException e) {
      throw Rocks.failed("writing live rows", e);
    }
  }

  private void writeWhereLarge() throws RocksDBException {
    if (batch.count() >= CHANGES_PER_WRITE) {
      rocks.db.write(unsynced, batch);
      batch.clear();
    }
  }

  @Override
  public void close() {
    try {
      rocks.db.write(unsynced, batch);
    } catch (RocksDBException e) {
      throw Rocks.failed("writing live rows", e);
    } finally {
      batch.close();
      unsynced.close();
    }
  }
}
