package dev.penstock.format.internal.parquet;

import java.util.Arrays;

/** Numbers to their indexes in order of first appearance. */
final class LongDictionary {
  private long[] entries = new long[256];
  private int size;

  /** Open addressing: index + 1 at a number's slot or after it, 0 where none is. */
  private int[] table = new int[1024];

  int size() {
    return size;
  }

  /** The numbers in order; the array may be longer than {@link #size}. */
  long[] entries() {
    return entries;
  }

  /** Looks up the first {@code count} values, adding those that are new. */
  void indexes(long[] values, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      long value = values[i];
      if (i > 0 && value == values[i - 1]) {
        out[i] = out[i - 1];
        continue;
      }
      int mask = table.length - 1;
      int slot = slot(value) & mask;
      int found;
      while ((found = table[slot]) != 0 && entries[found - 1] != value) {
        slot = (slot + 1) & mask;
      }
      out[i] = found != 0 ? found - 1 : add(value, slot);
    }
  }

  /** Forgets the entries from this one on; nothing can be looked up afterwards. */
  void truncate(int newSize) {
    size = newSize;
  }

  private int add(long value, int slot) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    entries[size++] = value;
    table[slot] = size;
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

  private static int slot(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
