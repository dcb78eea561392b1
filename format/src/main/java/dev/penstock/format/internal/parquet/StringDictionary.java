package dev.penstock.format.internal.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strings to their indexes in order of first appearance. */
final class StringDictionary {
  private String[] entries = new String[256];
  private byte[][] encoded = new byte[256][];
  private int size;
  private long bytes;

  /** Open addressing: index + 1 at a string's slot or after it, 0 where none is. */
  private int[] table = new int[1024];

  int size() {
    return size;
  }

  /** The length of all entries in plain encoding. */
  long bytes() {
    return bytes;
  }

  byte[] encoded(int index) {
    return encoded[index];
  }

  /** Looks up the first {@code count} values, adding those that are new. */
  void indexes(String[] values, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      int mask = table.length - 1;
      int slot = slot(value) & mask;
      int found;
      while ((found = table[slot]) != 0 && !same(entries[found - 1], value)) {
        slot = (slot + 1) & mask;
      }
      out[i] = found != 0 ? found - 1 : add(value, slot);
    }
  }

  /** Forgets the entries from this one on; nothing can be looked up afterwards. */
  void truncate(int newSize) {
    size = newSize;
  }

  private int add(String value, int slot) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
      encoded = Arrays.copyOf(encoded, size * 2);
    }
    entries[size] = value;
    encoded[size] = value.getBytes(StandardCharsets.UTF_8);
    bytes += Integer.BYTES + encoded[size].length;
    table[slot] = ++size;
    if (size * 2 > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = slot(entries[i]) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = i + 1;
    }
  }

  /** Mostly the same object: strings of a batch are shared. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(String a, String b) {
    return a == b || a.equals(b);
  }

  private static int slot(String value) {
    int mixed = value.hashCode() * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
