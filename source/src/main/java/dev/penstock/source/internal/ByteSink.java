package dev.penstock.source.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: varints, fixed little-endian numbers, bit maps. */
public final class ByteSink {
  private byte[] bytes;
  private int size;

  public ByteSink(int expected) {
    bytes = new byte[Math.max(expected, 64)];
  }

  public void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits a byte, lowest first; the value is taken as unsigned. */
  public void putVarint(long value) {
    ensure(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** A signed number with its sign in the lowest bit, so that small ones stay short. */
  public void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void putInt(int value) {
    ensure(Integer.BYTES);
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  public void putLong(long value) {
    ensure(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  /** The length as a varint, then the bytes. */
  public void putBytes(byte[] value) {
    putVarint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  public void putText(String value) {
    int length = value.length();
    int start = size;
    ensure(10 + length);
    putVarint(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        size = start;
        putBytes(value.getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  /** One bit per flag, the first in the lowest bit of the first byte. */
  public void putBits(boolean[] flags, int count) {
    int length = (count + 7) >>> 3;
    ensure(length);
    Arrays.fill(bytes, size, size + length, (byte) 0);
    for (int i = 0; i < count; i++) {
      if (flags[i]) {
        bytes[size + (i >>> 3)] |= (byte) (1 << (i & 7));
      }
    }
    size += length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
