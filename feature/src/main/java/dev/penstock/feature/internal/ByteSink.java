package dev.penstock.feature.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes being written, for the stored form of rows and tiles. Reused after {@link #clear}. */
final class ByteSink {
  private static final int INITIAL_BYTES = 128;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void oneByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** A number that is small and not negative as a rule: seven bits a byte, the least first. */
  void count(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A number of either sign that is small as a rule. */
  void signed(long value) {
    count((value << 1) ^ (value >> 63));
  }

  /** Eight bytes, the least first. */
  void eightBytes(long value) {
    ensure(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  /** Four bytes, the least first. */
  void fourBytes(int value) {
    ensure(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  /** The length, then the bytes. */
  void sized(byte[] value) {
    count(value.length);
    raw(value, value.length);
  }

  /**
   * Begins a part that comes after its length.
   *
   * @return for {@link #end}, which is called when the part is written
   */
  int begin() {
    oneByte(0);
    return size;
  }

  /** Puts its length before a part. */
  void end(int begun) {
    int length = size - begun;
    if (length < 0x80) {
      bytes[begun - 1] = (byte) length;
      return;
    }
    byte[] part = Arrays.copyOfRange(bytes, begun, size);
    size = begun - 1;
    sized(part);
  }

  private void raw(byte[] value, int length) {
    ensure(length);
    System.arraycopy(value, 0, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
