package dev.penstock.source.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteSink} wrote; bytes that are not so written are {@code STATE_CORRUPT}. */
public final class ByteScanner {
  private final byte[] bytes;
  private int at;

  public ByteScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  public int takeByte() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  public long takeVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = takeByte();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw corrupt("a number does not end");
  }

  public long takeZigzag() {
    long value = takeVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  public int takeInt() {
    need(Integer.BYTES);
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (bytes[at++] & 0xFF) << (8 * i);
    }
    return value;
  }

  public long takeLong() {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value |= (long) (bytes[at++] & 0xFF) << (8 * i);
    }
    return value;
  }

  public byte[] takeBytes() {
    int length = takeLength(1);
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public String takeText() {
    int length = takeLength(1);
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  public boolean[] takeBits(int count) {
    int length = (count + 7) >>> 3;
    need(length);
    boolean[] flags = new boolean[count];
    for (int i = 0; i < count; i++) {
      flags[i] = (bytes[at + (i >>> 3)] >>> (i & 7) & 1) != 0;
    }
    at += length;
    return flags;
  }

  /** A count of things that take at least so many bytes each, and so must still fit. */
  public int takeLength(int bytesEach) {
    long length = takeVarint();
    if (length < 0 || length * bytesEach > bytes.length - at) {
      throw corrupt("a length of " + length + " with " + (bytes.length - at) + " bytes left");
    }
    return (int) length;
  }

  public void end() {
    if (at != bytes.length) {
      throw corrupt((bytes.length - at) + " bytes too many");
    }
  }

  public static PenstockException corrupt(String what) {
    return new PenstockException(
        ErrorCode.STATE_CORRUPT,
        "stored rows cannot be read: " + what,
        "restore the folder from a backup, or rebuild it from the lake");
  }

  private void need(int count) {
    if (count > bytes.length - at) {
      throw corrupt("it ends early");
    }
  }
}
