package dev.penstock.benchmarks;

import dev.penstock.feature.StateCursor;
import dev.penstock.feature.StateWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State in memory: entries stand in blocks of bytes and are found by a hash of their address. The
 * first scan puts them in order; nothing may be written after it.
 */
final class ArenaStore implements StateWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HASH_BITS = 0xFFFFFL << 44;
  private static final int BLOCK_BITS = 24;
  private static final int BLOCK_BYTES = 1 << BLOCK_BITS;

  /** Before an entry's address and value: their lengths and the room for the value. */
  private static final int HEAD_BYTES = 12;

  private final List<byte[]> blocks = new ArrayList<>();
  private int used = BLOCK_BYTES;

  /** Open addressing: where an entry stands + 1 below the upper bits of its hash; 0 where free. */
  private long[] table;

  private int size;
  private long @Nullable [] ordered;

  /** A store with room for so many entries; with more it grows. */
  ArenaStore(int entries) {
    table = new long[Integer.highestOneBit(2 * entries) * 2];
  }

  @Override
  public byte @Nullable [] get(byte[] address) {
    long place = place(table[slot(address, hash(address))]);
    return place < 0 ? null : value(place);
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> addresses) {
    List<byte @Nullable []> values = new ArrayList<>(addresses.size());
    for (byte[] address : addresses) {
      values.add(get(address));
    }
    return values;
  }

  @Override
  public void put(byte[] address, byte[] value) {
    if (ordered != null) {
      throw new IllegalStateException("written after a scan");
    }
    long hash = hash(address);
    int slot = slot(address, hash);
    long place = place(table[slot]);
    if (place >= 0 && head(place, 2) >= value.length) {
      byte[] block = block(place);
      INT.set(block, offset(place) + 4, value.length);
      int at = offset(place) + HEAD_BYTES + address.length;
      System.arraycopy(value, 0, block, at, value.length);
      return;
    }
    int room = place < 0 ? value.length : 2 * value.length;
    table[slot] = (hash & HASH_BITS) | (append(address, value, room) + 1);
    if (place < 0 && ++size * 2 > table.length) {
      grow();
    }
  }

  @Override
  public void delete(byte[] address) {
    throw new UnsupportedOperationException("no workload deletes");
  }

  private long append(byte[] address, byte[] value, int room) {
    int bytes = HEAD_BYTES + address.length + room;
    if (used + bytes > BLOCK_BYTES) {
      blocks.add(new byte[BLOCK_BYTES]);
      used = 0;
    }
    byte[] block = blocks.get(blocks.size() - 1);
    long place = (long) (blocks.size() - 1) << BLOCK_BITS | used;
    INT.set(block, used, address.length);
    INT.set(block, used + 4, value.length);
    INT.set(block, used + 8, room);
    System.arraycopy(address, 0, block, used + HEAD_BYTES, address.length);
    System.arraycopy(value, 0, block, used + HEAD_BYTES + address.length, value.length);
    used += bytes;
    return place;
  }

  private int slot(byte[] address, long hash) {
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0
        && !((table[slot] & HASH_BITS) == (hash & HASH_BITS)
            && isAt(address, place(table[slot])))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Where the entry stands; below 0 where there is none. */
  private static long place(long found) {
    return (found & ~HASH_BITS) - 1;
  }

  private boolean isAt(byte[] address, long place) {
    int from = offset(place) + HEAD_BYTES;
    return Arrays.equals(block(place), from, from + head(place, 0), address, 0, address.length);
  }

  private void grow() {
    long[] before = table;
    table = new long[2 * before.length];
    int mask = table.length - 1;
    for (long found : before) {
      if (found != 0) {
        int slot = (int) hash(address(place(found))) & mask;
        while (table[slot] != 0) {
          slot = slot + 1 & mask;
        }
        table[slot] = found;
      }
    }
  }

  private static long hash(byte[] address) {
    long hash = address.length;
    int at = 0;
    for (; at + 8 <= address.length; at += 8) {
      hash = mixed(hash ^ (long) LONG.get(address, at));
    }
    long rest = 0;
    for (; at < address.length; at++) {
      rest = rest << 8 | (address[at] & 0xFF);
    }
    return mixed(hash ^ rest);
  }

  /** Every bit of the product of 128 bits has a part in the result. */
  private static long mixed(long value) {
    long factor = 0x9E3779B97F4A7C15L;
    long other = value ^ 0xD1B54A32D192ED03L;
    return Math.multiplyHigh(other, factor) ^ other * factor;
  }

  private byte[] block(long place) {
    return blocks.get((int) (place >>> BLOCK_BITS));
  }

  private static int offset(long place) {
    return (int) place & BLOCK_BYTES - 1;
  }

  private int head(long place, int number) {
    return (int) INT.get(block(place), offset(place) + 4 * number);
  }

  private byte[] address(long place) {
    int from = offset(place) + HEAD_BYTES;
    return Arrays.copyOfRange(block(place), from, from + head(place, 0));
  }

  private byte[] value(long place) {
    int from = offset(place) + HEAD_BYTES + head(place, 0);
    return Arrays.copyOfRange(block(place), from, from + head(place, 1));
  }

  @Override
  public StateCursor scan(byte[] from, byte[] to) {
    return new Cursor(from, to);
  }

  private long[] ordered() {
    long[] known = ordered;
    if (known == null) {
      known =
          Arrays.stream(table)
              .filter(found -> found != 0)
              .mapToObj(ArenaStore::place)
              .sorted((a, b) -> Arrays.compareUnsigned(address(a), address(b)))
              .mapToLong(Long::longValue)
              .toArray();
      ordered = known;
    }
    return known;
  }

  private final class Cursor implements StateCursor {
    private final long[] order = ordered();
    private final byte[] to;
    private int next;
    private byte[] address = {};

    Cursor(byte[] from, byte[] to) {
      this.to = to;
      this.next = firstFrom(from, 0);
    }

    /** The first entry at or after the address, of those from {@code low} on. */
    private int firstFrom(byte[] address, int low) {
      int from = low;
      int until = order.length;
      while (from < until) {
        int middle = (from + until) >>> 1;
        if (compare(order[middle], address) < 0) {
          from = middle + 1;
        } else {
          until = middle;
        }
      }
      return from;
    }

    private int compare(long place, byte[] address) {
      int from = offset(place) + HEAD_BYTES;
      return Arrays.compareUnsigned(
          block(place), from, from + head(place, 0), address, 0, address.length);
    }

    @Override
    public boolean next() {
      if (next == order.length) {
        return false;
      }
      address = ArenaStore.this.address(order[next++]);
      return Arrays.compareUnsigned(address, to) < 0;
    }

    @Override
    public boolean nextFrom(byte[] address) {
      next = firstFrom(address, next);
      return next();
    }

    @Override
    public byte[] address() {
      return address;
    }

    @Override
    public byte[] value() {
      return ArenaStore.this.value(order[next - 1]);
    }

    @Override
    public void close() {}
  }
}
