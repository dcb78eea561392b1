package dev.penstock.embedded.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes to one view's state, kept in memory over what is stored until they are written out. */
final class Overlay implements StateWriter {
  /** Stands for a deleted address; compared by identity. */
  private static final byte[] DELETED = {};

  /** Rough cost of an entry beside its bytes. */
  private static final int ENTRY_BYTES = 96;

  private final StateReader stored;
  private final TreeMap<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);
  private long bytes;

  Overlay(StateReader stored) {
    this.stored = stored;
  }

  /** Takes a change when the overlay is written out; a null value is a deletion. */
  interface Sink {
    void accept(byte[] address, byte @Nullable [] value);
  }

  /** Hands out all changes in the order of their addresses and forgets them. */
  void drain(Sink sink) {
    for (Map.Entry<byte[], byte[]> change : changes.entrySet()) {
      byte[] value = change.getValue();
      sink.accept(change.getKey(), value == DELETED ? null : value);
    }
    changes.clear();
    bytes = 0;
  }

  /** Memory in use, about. */
  long bytes() {
    return bytes;
  }

  @Override
  public void put(byte[] address, byte[] value) {
    // A value that happens to be the shared empty array must not read as deleted.
    change(address, value == DELETED ? new byte[0] : value);
  }

  @Override
  public void delete(byte[] address) {
    change(address, DELETED);
  }

  private void change(byte[] address, byte[] value) {
    byte[] before = changes.put(address, value);
    bytes +=
        before == null ? ENTRY_BYTES + address.length + value.length : value.length - before.length;
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    byte[] changed = changes.get(address);
    if (changed == null) {
      return stored.get(address);
    }
    return changed == DELETED ? null : changed;
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    List<byte @Nullable []> values = new ArrayList<>(addresses.size());
    List<byte[]> missing = new ArrayList<>();
    for (byte[] address : addresses) {
      byte[] changed = changes.get(address);
      values.add(changed == DELETED ? null : changed);
      if (changed == null) {
        missing.add(address);
      }
    }
    if (missing.isEmpty()) {
      return values;
    }
    List<byte @Nullable []> found = stored.getAll(missing);
    int next = 0;
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == null && !changes.containsKey(addresses.get(i))) {
        values.set(i, found.get(next++));
      }
    }
    return values;
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Merged(stored.scan(from, to), from, to);
  }

  /** Steps through stored entries and changes together; a change hides what is stored under it. */
  private final class Merged implements StateCursor {
    private final StateCursor base;
    private final byte[] to;
    private boolean baseValid;
    private Map.@Nullable Entry<byte[], byte[]> change;
    private byte[] address = {};
    private byte[] value = {};

    Merged(StateCursor base, byte[] from, byte[] to) {
      this.base = base;
      this.to = to;
      this.baseValid = base.next();
      this.change = within(changes.ceilingEntry(from));
    }

    @Override
    public boolean next() {
      while (baseValid || change != null) {
        int order =
            change == null
                ? -1
                : baseValid ? Arrays.compareUnsigned(base.address(), change.getKey()) : 1;
        if (order < 0) {
          address = base.address();
          value = base.value();
          baseValid = base.next();
          return true;
        }
        Map.Entry<byte[], byte[]> taken = Objects.requireNonNull(change);
        if (order == 0) {
          baseValid = base.next();
        }
        // Looked up anew, for the range may have been written since.
        change = within(changes.higherEntry(taken.getKey()));
        if (taken.getValue() != DELETED) {
          address = taken.getKey();
          value = taken.getValue();
          return true;
        }
      }
      return false;
    }

    private Map.@Nullable Entry<byte[], byte[]> within(Map.@Nullable Entry<byte[], byte[]> entry) {
      return entry == null || Arrays.compareUnsigned(entry.getKey(), to) >= 0 ? null : entry;
    }

    @Override
    public byte[] address() {
      return address;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
