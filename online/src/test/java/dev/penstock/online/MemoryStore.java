package dev.penstock.online;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Positions;
import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateReader;
import dev.penstock.feature.StateWriter;
import dev.penstock.source.ClockMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** States of views in memory, with one reading of them. */
final class MemoryStore implements StoreWriter {
  private final Map<Fingerprint, MemoryState> states = new HashMap<>();

  MemoryStore(LiveView... ready) {
    for (LiveView view : ready) {
      states.put(view.fingerprint(), new MemoryState());
    }
  }

  @Override
  public StateWriter state(Fingerprint view) {
    return states.get(view);
  }

  Reading at(long q) {
    return new Reading() {
      @Override
      public long q() {
        return q;
      }

      @Override
      public ClockMode clockMode() {
        return ClockMode.REPLAY;
      }

      @Override
      public Positions positions(LiveView view) {
        return Positions.of(0, 9);
      }

      @Override
      public StateReader state(LiveView view) {
        return states.get(view.fingerprint());
      }

      @Override
      public void close() {}
    };
  }

  private static final class MemoryState implements StateWriter {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte[] get(byte[] address) {
      return entries.get(address);
    }

    @Override
    public List<byte[]> getAll(List<byte[]> addresses) {
      return addresses.stream().map(entries::get).toList();
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
      Iterator<Map.Entry<byte[], byte[]>> range = entries.subMap(from, to).entrySet().iterator();
      return new StateCursor() {
        private Map.Entry<byte[], byte[]> current;

        @Override
        public boolean next() {
          current = range.hasNext() ? range.next() : null;
          return current != null;
        }

        @Override
        public byte[] address() {
          return current.getKey();
        }

        @Override
        public byte[] value() {
          return current.getValue();
        }

        @Override
        public void close() {}
      };
    }
  }
}
