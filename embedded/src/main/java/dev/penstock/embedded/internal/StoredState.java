package dev.penstock.embedded.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** One view's state on disk, as the read options' snapshot shows it. */
final class StoredState implements StateReader {
  private final Rocks rocks;
  private final ReadOptions options;
  private final byte[] prefix;

  StoredState(Rocks rocks, ReadOptions options, int viewNumber) {
    this.rocks = rocks;
    this.options = options;
    this.prefix = Bytes.number(viewNumber);
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    try {
      return rocks.db.get(rocks.state, options, Bytes.prefixed(prefix, address));
    } catch (RocksDBException e) {
      throw Rocks.failed("reading state", e);
    }
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    if (addresses.isEmpty()) {
      return List.of();
    } else if (addresses.size() == 1) {
      return Collections.singletonList(get(addresses.get(0)));
    }
    byte[][] keys = new byte[addresses.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Bytes.prefixed(prefix, addresses.get(i));
    }
    try {
      return rocks.db.multiGetAsList(
          options, Collections.nCopies(keys.length, rocks.state), Arrays.asList(keys));
    } catch (RocksDBException e) {
      throw Rocks.failed("reading state", e);
    }
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Cursor(from, to);
  }

  private final class Cursor implements StateCursor {
    private final Slice end;
    private final ReadOptions bounded;
    private final RocksIterator iterator;
    private boolean started;
    private byte[] address = {};

    Cursor(byte[] from, byte[] to) {
      end = new Slice(Bytes.prefixed(prefix, to));
      bounded = new ReadOptions(options).setIterateUpperBound(end);
      iterator = rocks.db.newIterator(rocks.state, bounded);
      iterator.seek(Bytes.prefixed(prefix, from));
    }

    @Override
    public boolean next() {
      if (started) {
        iterator.next();
      }
      started = true;
      if (!iterator.isValid()) {
        try {
          iterator.status();
        } catch (RocksDBException e) {
          throw Rocks.failed("reading state", e);
        }
        return false;
      }
      byte[] key = iterator.key();
      address = Arrays.copyOfRange(key, prefix.length, key.length);
      return true;
    }

    @Override
    public byte[] address() {
      return address;
    }

    @Override
    public byte[] value() {
      return iterator.value();
    }

    @Override
    public void close() {
      iterator.close();
      bounded.close();
      end.close();
    }
  }
}
