package dev.penstock.benchmarks;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State in memory: a hash table until something is scanned, a tree from then on. */
final class MapStore implements StateWriter {
  private Map<Address, byte[]> entries = new HashMap<>();
  private @Nullable NavigableMap<Address, byte[]> ordered;

  @SuppressWarnings("ArrayRecordComponent") // Compared by content, never changed.
  private record Address(byte[] bytes, int hash) implements Comparable<Address> {
    Address(byte[] bytes) {
      this(bytes, Arrays.hashCode(bytes));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Address that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Address other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    return entries.get(new Address(address));
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    List<byte @Nullable []> values = new ArrayList<>(addresses.size());
    addresses.forEach(address -> values.add(get(address)));
    return values;
  }

  @Override
  public void put(byte[] address, byte[] value) {
    entries.put(new Address(address), value);
  }

  @Override
  public void delete(byte[] address) {
    entries.remove(new Address(address));
  }

  private NavigableMap<Address, byte[]> ordered() {
    NavigableMap<Address, byte[]> known = ordered;
    if (known == null) {
      known = new TreeMap<>(entries);
      ordered = known;
      entries = known;
    }
    return known;
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Cursor(from, to);
  }

  private final class Cursor implements StateCursor {
    private final NavigableMap<Address, byte[]> entries = ordered();
    private final Address to;
    private Address from;
    private Map.@Nullable Entry<Address, byte[]> current;

    Cursor(byte[] from, byte[] to) {
      this.from = new Address(from);
      this.to = new Address(to);
    }

    @Override
    public boolean next() {
      current = current == null ? entries.ceilingEntry(from) : entries.higherEntry(from);
      return within();
    }

    @Override
    public boolean nextFrom(byte[] address) {
      current = entries.ceilingEntry(new Address(address));
      return within();
    }

    private boolean within() {
      if (current == null || current.getKey().compareTo(to) >= 0) {
        return false;
      }
      from = current.getKey();
      return true;
    }

    @Override
    public byte[] address() {
      return from.bytes();
    }

    @Override
    public byte[] value() {
      if (current == null) {
        throw new IllegalStateException("before the first entry");
      }
      return current.getValue();
    }

    @Override
    public void close() {}
  }
}
