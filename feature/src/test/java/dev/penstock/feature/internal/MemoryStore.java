package dev.penstock.feature.internal;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store in memory. */
final class MemoryStore implements StateWriter {
  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  int size() {
    return entries.size();
  }

  /** All entries as bytes: the number of them, then each address and value after its length. */
  byte[] saved() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(entries.size());
      for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
        for (byte[] part : List.of(entry.getKey(), entry.getValue())) {
          out.writeInt(part.length);
          out.write(part);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static MemoryStore loaded(byte[] saved) {
    MemoryStore store = new MemoryStore();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
      int size = in.readInt();
      for (int entry = 0; entry < size; entry++) {
        byte[] address = in.readNBytes(in.readInt());
        store.put(address, in.readNBytes(in.readInt()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return store;
  }

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
    return new StateCursor() {
      private Iterator<Map.Entry<byte[], byte[]>> entriesInRange = iterator(from);
      private Map.Entry<byte[], byte[]> current;

      private Iterator<Map.Entry<byte[], byte[]>> iterator(byte[] start) {
        return entries.subMap(start, to).entrySet().iterator();
      }

      @Override
      public boolean next() {
        current = entriesInRange.hasNext() ? entriesInRange.next() : null;
        return current != null;
      }

      @Override
      public boolean nextFrom(byte[] address) {
        entriesInRange = iterator(address);
        return next();
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
