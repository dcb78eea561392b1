package dev.penstock.embedded.internal;

import dev.penstock.source.IdIndex;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A source's ids as one commit sees them: those stored, and those it adds itself. */
final class CommitIds implements IdIndex {
  private static final int ENTRY_BYTES = 28;

  private record Key(long high, long low) {}

  private final Rocks rocks;
  private final int source;
  private final WriteBatch batch;
  private final Map<Key, Entry> added = new HashMap<>();

  CommitIds(Rocks rocks, int source, WriteBatch batch) {
    this.rocks = rocks;
    this.source = source;
    this.batch = batch;
  }

  @Override
  public @Nullable Entry find(long idHigh, long idLow, long rememberedFrom) {
    Entry entry = added.get(new Key(idHigh, idLow));
    if (entry == null) {
      entry = stored(rocks, Bytes.idKey(source, idHigh, idLow));
    }
    return entry == null || entry.seenTime() < rememberedFrom ? null : entry;
  }

  @Override
  public void remember(long idHigh, long idLow, Entry entry) {
    added.put(new Key(idHigh, idLow), entry);
    try {
      batch.put(rocks.ids, Bytes.idKey(source, idHigh, idLow), value(entry));
    } catch (RocksDBException e) {
      throw Rocks.failed("writing ids", e);
    }
  }

  static @Nullable Entry stored(Rocks rocks, byte[] key) {
    try {
      byte[] value = rocks.db.get(rocks.ids, key);
      return value == null ? null : entry(value);
    } catch (RocksDBException e) {
      throw Rocks.failed("reading ids", e);
    }
  }

  static byte[] value(Entry entry) {
    return ByteBuffer.allocate(ENTRY_BYTES)
        .putInt(entry.partition())
        .putLong(entry.offset())
        .putLong(entry.contentHash())
        .putLong(entry.seenTime())
        .array();
  }

  static Entry entry(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Entry(in.getInt(), in.getLong(), in.getLong(), in.getLong());
  }
}
