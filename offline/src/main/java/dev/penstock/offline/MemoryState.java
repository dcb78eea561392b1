package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.EntityKey;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live state of a few rows, in memory: what serving would make of batches of them. */
final class MemoryState implements StateWriter {
  private final ViewState state;
  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  private MemoryState(FeatureView view) {
    this.state = new ViewState(view);
  }

  /** That of batches that are applied one after the other, whatever they say. */
  static MemoryState of(FeatureView view, List<Batch> batches) {
    MemoryState memory = new MemoryState(view);
    batches.forEach(batch -> memory.state.apply(batch, memory));
    return memory;
  }

  /** Whether it answers what was served. */
  boolean gives(Trial trial) {
    EntityKey key = Objects.requireNonNull(EntityKey.of(trial.keys(), 0));
    return trial.isServed(state.at(trial.time(), this).read(key));
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    return entries.get(address);
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    return addresses.stream().map(this::get).toList();
  }

  @Override
  public void put(byte[] address, byte[] value) {
    entries.put(address, value);
  }

  @Override
  public void delete(byte[] address) {
    entries.remove(address);
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Cursor(entries.subMap(from, to).entrySet().iterator());
  }

  private static final class Cursor implements StateCursor {
    private final Iterator<Map.Entry<byte[], byte[]>> rest;
    private Map.@Nullable Entry<byte[], byte[]> current;

    Cursor(Iterator<Map.Entry<byte[], byte[]>> rest) {
      this.rest = rest;
    }

    @Override
    public boolean next() {
      current = rest.hasNext() ? rest.next() : null;
      return current != null;
    }

    private Map.Entry<byte[], byte[]> current() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public byte[] address() {
      return current().getKey();
    }

    @Override
    public byte[] value() {
      return current().getValue();
    }

    @Override
    public void close() {}
  }
}
