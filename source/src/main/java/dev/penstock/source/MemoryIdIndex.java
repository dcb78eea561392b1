package dev.penstock.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link IdIndex} in memory, compact enough for the ids of a long history: 40 bytes an id, and a
 * table of slots with open addressing, 11 to 22 bytes an id. Entries lie in chunks, so growing
 * copies only slots; a slot holds half of the first hash, so that an id that is not there costs one
 * look into memory. Not thread-safe.
 */
public final class MemoryIdIndex implements IdIndex {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int WORDS = 5;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int POSITION = 2;
  private static final int CONTENT = 3;
  private static final int SEEN = 4;
  private static final int OFFSET_BITS = 48;
  private static final long EMPTY = 0;

  private final List<long[]> chunks = new ArrayList<>();

  /** The high half of an id's first hash, then the number of its entry, counted from 1. */
  private long[] slots = new long[1 << 10];

  private int size;

  public int size() {
    return size;
  }

  @Override
  public @Nullable Entry find(long idHigh, long idLow, long rememberedFrom) {
    long slot = slots[slot(idHigh, idLow)];
    if (slot == EMPTY || word(entry(slot), SEEN) < rememberedFrom) {
      return null;
    }
    int entry = entry(slot);
    long position = word(entry, POSITION);
    return new Entry(
        (int) (position >>> OFFSET_BITS),
        position & ((1L << OFFSET_BITS) - 1),
        word(entry, CONTENT),
        word(entry, SEEN));
  }

  @Override
  public void remember(long idHigh, long idLow, Entry entry) {
    if (entry.partition() >>> 15 != 0 || entry.offset() >>> OFFSET_BITS != 0) {
      throw new IllegalArgumentException("a position beyond what fits: " + entry);
    }
    int slot = slot(idHigh, idLow);
    if (slots[slot] == EMPTY) {
      if (size >>> CHUNK_BITS == chunks.size()) {
        chunks.add(new long[CHUNK * WORDS]);
      }
      size++;
      slots[slot] = slot(idHigh) | size;
    }
    int index = entry(slots[slot]);
    long[] chunk = chunks.get(index >>> CHUNK_BITS);
    int at = (index & (CHUNK - 1)) * WORDS;
    chunk[at + HIGH] = idHigh;
    chunk[at + LOW] = idLow;
    chunk[at + POSITION] = (long) entry.partition() << OFFSET_BITS | entry.offset();
    chunk[at + CONTENT] = entry.contentHash();
    chunk[at + SEEN] = entry.seenTime();
    if (size > slots.length - (slots.length >>> 2)) {
      grow();
    }
  }

  private static long slot(long idHigh) {
    return idHigh & 0xFFFFFFFF_00000000L;
  }

  private static int entry(long slot) {
    return (int) slot - 1;
  }

  /** The slot that holds the id, or the empty one where it belongs. */
  private int slot(long idHigh, long idLow) {
    int mask = slots.length - 1;
    int slot = (int) idLow & mask;
    while (slots[slot] != EMPTY) {
      if (slot(slots[slot]) == slot(idHigh)
          && word(entry(slots[slot]), LOW) == idLow
          && word(entry(slots[slot]), HIGH) == idHigh) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new long[Math.multiplyExact(slots.length, 2)];
    int mask = slots.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = (int) word(entry, LOW) & mask;
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = slot(word(entry, HIGH)) | (entry + 1);
    }
  }

  private long word(int entry, int word) {
    return chunks.get(entry >>> CHUNK_BITS)[(entry & (CHUNK - 1)) * WORDS + word];
  }
}
