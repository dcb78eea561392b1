package dev.penstock.feature.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what {@link ByteSink} wrote.
 *
 * <p>Every method throws {@link ErrorCode#STATE_CORRUPT} where the bytes end too early.
 */
final class ByteSource {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads other bytes from now on, from their start. */
  void reset(byte[] other) {
    bytes = other;
    at = 0;
  }

  int oneByte() {
    require(1);
    return bytes[at++];
  }

  long count() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1);
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("a number has no end");
  }

  /** A {@link #count} that says how many things follow, each of at least one byte. */
  int length() {
    long length = count();
    if (length < 0 || length > bytes.length - at) {
      throw corrupt("a length of " + length);
    }
    return (int) length;
  }

  long signed() {
    long value = count();
    return (value >>> 1) ^ -(value & 1);
  }

  long eightBytes() {
    require(8);
    at += 8;
    return (long) LONG.get(bytes, at - 8);
  }

  int fourBytes() {
    require(4);
    at += 4;
    return (int) INT.get(bytes, at - 4);
  }

  byte[] sized() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void skip(int length) {
    require(length);
    at += length;
  }

  private void require(int length) {
    if (length > bytes.length - at) {
      throw corrupt("the bytes end early");
    }
  }

  static PenstockException corrupt(String what) {
    return new PenstockException(
        ErrorCode.STATE_CORRUPT,
        "stored state of a view cannot be read: " + what,
        "rebuild the view's state from the log");
  }
}
