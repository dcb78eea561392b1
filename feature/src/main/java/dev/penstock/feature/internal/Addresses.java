package dev.penstock.feature.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the state of a view stands in its store; {@code docs/state-format.md} has the layout. All
 * that belongs to one key stands together, rows and the tiles of each level in order of time.
 */
final class Addresses {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  static final byte[] META = {0};
  private static final int KEYS = 1;
  private static final int ROWS = 0;
  private static final int ROW_BYTES = 20;

  private Addresses() {}

  /** What the addresses of a key begin with. */
  static byte[] ofKey(byte[] key) {
    byte[] address = new byte[key.length + 1];
    address[0] = KEYS;
    System.arraycopy(key, 0, address, 1, key.length);
    return address;
  }

  static byte[] row(byte[] key, long eventTime, int partition, long offset) {
    byte[] address = Arrays.copyOf(key, key.length + 1 + ROW_BYTES);
    address[key.length] = ROWS;
    putLong(address, key.length + 1, eventTime);
    int at = key.length + 9;
    int ordered = partition ^ Integer.MIN_VALUE;
    for (int i = 0; i < 4; i++) {
      address[at + i] = (byte) (ordered >>> (24 - 8 * i));
    }
    putLong(address, key.length + 13, offset);
    return address;
  }

  /** Where the rows from an event time on begin. */
  static byte[] rows(byte[] key, long eventTime) {
    byte[] address = Arrays.copyOf(key, key.length + 9);
    address[key.length] = ROWS;
    putLong(address, key.length + 1, eventTime);
    return address;
  }

  static byte[] tile(byte[] key, int level, long tile) {
    byte[] address = Arrays.copyOf(key, key.length + 9);
    address[key.length] = (byte) (level + 1);
    putLong(address, key.length + 1, tile);
    return address;
  }

  /** Where all that belongs to the key ends. */
  static byte[] endOfKey(byte[] key) {
    byte[] address = Arrays.copyOf(key, key.length + 1);
    address[key.length] = (byte) 0xFF;
    return address;
  }

  static long eventTime(byte[] address) {
    return longAt(address, address.length - ROW_BYTES);
  }

  static int partition(byte[] address) {
    int value = 0;
    for (int i = address.length - 12; i < address.length - 8; i++) {
      value = value << 8 | (address[i] & 0xFF);
    }
    return value ^ Integer.MIN_VALUE;
  }

  static long offset(byte[] address) {
    return longAt(address, address.length - 8);
  }

  static long tile(byte[] address) {
    return longAt(address, address.length - 8);
  }

  private static void putLong(byte[] address, int at, long value) {
    LONG.set(address, at, value ^ Long.MIN_VALUE);
  }

  private static long longAt(byte[] address, int at) {
    return (long) LONG.get(address, at) ^ Long.MIN_VALUE;
  }
}
