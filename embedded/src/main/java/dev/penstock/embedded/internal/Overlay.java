package dev.penstock.embedded.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one view's state, kept in memory over what is stored until they are written out. Most
 * overlays are only asked for single addresses; one that is scanned is in order from then on.
 */
final class Overlay implements StateWriter {
  /** Stands for a deleted address; compared by identity. */
  private static final byte[] DELETED = {};

  /** Rough cost of an entry beside its bytes. */
  private static final int ENTRY_BYTES = 96;

  private final StateReader stored;

  /** In the order of writing until a scan needs that of addresses; then the same as ordered. */
  private Map<Address, byte[]> changes = new LinkedHashMap<>();

  private @Nullable NavigableMap<Address, byte[]> ordered;
  private long bytes;

  Overlay(StateReader stored) {
    this.stored = stored;
  }

  /** Takes a change when the overlay is written out; a null value is a deletion. */
  interface Sink {
    void accept(byte[] address, byte @Nullable [] value);
  }

  /** Hands out all changes, in any order, and forgets them. */
  void drain(Sink sink) {
    for (Map.Entry<Address, byte[]> change : changes.entrySet()) {
      byte[] value = change.getValue();
      sink.accept(change.getKey().bytes, value == DELETED ? null : value);
    }
    changes = new LinkedHashMap<>();
    ordered = null;
    bytes = 0;
  }

  private NavigableMap<Address, byte[]> ordered() {
    NavigableMap<Address, byte[]> known = ordered;
    if (known == null) {
      known = new TreeMap<>(changes);
      ordered = known;
      changes = known;
    }
    return known;
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
    byte[] before = changes.put(new Address(address), value);
    bytes +=
        before == null ? ENTRY_BYTES + address.length + value.length : value.length - before.length;
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    byte[] changed = changes.get(new Address(address));
    if (changed == null) {
      return stored.get(address);
    }
    return changed == DELETED ? null : changed;
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    List<byte @Nullable []> values = new ArrayList<>(addresses.size());
    List<byte[]> missing = new ArrayList<>();
    int[] places = new int[addresses.size()];
    for (byte[] address : addresses) {
      byte[] changed = changes.get(new Address(address));
      if (changed == null) {
        places[missing.size()] = values.size();
        missing.add(address);
      }
      values.add(changed == DELETED ? null : changed);
    }
    List<byte @Nullable []> found = missing.isEmpty() ? List.of() : stored.getAll(missing);
    for (int i = 0; i < found.size(); i++) {
      values.set(places[i], found.get(i));
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
    private Map.@Nullable Entry<Address, byte[]> change;
    private byte[] address = {};
    private byte[] value = {};

    Merged(StateCursor base, byte[] from, byte[] to) {
      this.base = base;
      this.to = to;
      this.baseValid = base.next();
      this.change = within(ordered().ceilingEntry(new Address(from)));
    }

    @Override
    public boolean next() {
      while (baseValid || change != null) {
        int order =
            change == null
                ? -1
                : baseValid ? Arrays.compareUnsigned(base.address(), change.getKey().bytes) : 1;
        if (order < 0) {
          address = base.address();
          value = base.value();
          baseValid = base.next();
          return true;
        }
        Map.Entry<Address, byte[]> taken = Objects.requireNonNull(change);
        if (order == 0) {
          baseValid = base.next();
        }
        // Looked up anew, for the range may have been written since.
        change = within(ordered().higherEntry(taken.getKey()));
        if (taken.getValue() != DELETED) {
          address = taken.getKey().bytes;
          value = taken.getValue();
          return true;
        }
      }
      return false;
    }

    private Map.@Nullable Entry<Address, byte[]> within(
        Map.@Nullable Entry<Address, byte[]> entry) {
      return entry == null || Arrays.compareUnsigned(entry.getKey().bytes, to) >= 0 ? null : entry;
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
