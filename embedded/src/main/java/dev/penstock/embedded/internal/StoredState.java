package dev.penstock.embedded.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** One view's state on disk. */
final class StoredState implements StateReader {
  private final Rocks rocks;
  private final StateSource source;
  private final byte[] prefix;

  StoredState(Rocks rocks, StateSource source, int viewNumber) {
    this.rocks = rocks;
    this.source = source;
    this.prefix = Bytes.number(viewNumber);
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    try {
      return rocks.db.get(rocks.state, source.options(), Bytes.prefixed(prefix, address));
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
          source.options(), Collections.nCopies(keys.length, rocks.state), Arrays.asList(keys));
    } catch (RocksDBException e) {
      throw Rocks.failed("reading state", e);
    }
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Cursor(from, to);
  }

  private final class Cursor implements StateCursor {
    /** So many entries are stepped over before one further on is looked up: that costs more. */
    private static final int MOST_STEPS = 4;

    private final byte[] end;
    private final RocksIterator iterator;
    private boolean started;
    private byte[] address = {};

    Cursor(byte[] from, byte[] to) {
      end = Bytes.prefixed(prefix, to);
      iterator = source.borrow();
      iterator.seek(Bytes.prefixed(prefix, from));
    }

    @Override
    public boolean next() {
      if (started) {
        iterator.next();
      }
      return arrived();
    }

    @Override
    public boolean nextFrom(byte[] from) {
      for (int step = 0; step < MOST_STEPS; step++) {
        if (!next()) {
          return false;
        } else if (Arrays.compareUnsigned(address, from) >= 0) {
          return true;
        }
      }
      iterator.seek(Bytes.prefixed(prefix, from));
      return arrived();
    }

    /** Takes the address of where the iterator stands; false at the end. */
    private boolean arrived() {
      started = true;
      if (!iterator.isValid()) {
        check();
        return false;
      }
      byte[] key = iterator.key();
      if (Arrays.compareUnsigned(key, end) >= 0) {
        return false;
      }
      address = Arrays.copyOfRange(key, prefix.length, key.length);
      return true;
    }

    private void check() {
      try {
        iterator.status();
      } catch (RocksDBException e) {
        throw Rocks.failed("reading state", e);
      }
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
      source.giveBack(iterator);
    }
  }
}
