package dev.penstock.format.internal.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes Parquet's hybrid of runs and bit-packed groups (levels and dictionary indexes) many
 * values at a time. See "RLE/bit-packing hybrid" in Parquet's Encodings.md.
 */
final class RunDecoder {
  private static final int GROUP = 8;

  private final byte[] bytes;
  private final int end;
  private final int bitWidth;
  private final long mask;
  private int at;

  /** Values left of the present run. */
  private int left;

  /** Whether the present run is bit-packed; otherwise all its values are {@link #repeated}. */
  private boolean packed;

  private int repeated;

  /** Bits taken from the bytes but not yet read. */
  private long bits;

  private int bitCount;

  /** Decodes what remains in a buffer that has an array. */
  RunDecoder(ByteBuffer in, int bitWidth) {
    if (bitWidth < 0 || bitWidth > Integer.SIZE) {
      throw new IllegalStateException("values of " + bitWidth + " bits");
    }
    this.bytes = in.array();
    this.at = in.arrayOffset() + in.position();
    this.end = in.arrayOffset() + in.limit();
    this.bitWidth = bitWidth;
    this.mask = (1L << bitWidth) - 1;
  }

  /** Whether the next {@code count} values are all {@code value}; if so they are read. */
  boolean skipIfAll(int value, int count) {
    if (left == 0) {
      nextRun();
    }
    if (packed || left < count || repeated != value) {
      return false;
    }
    left -= count;
    return true;
  }

  void read(int[] out, int from, int count) {
    int place = from;
    int stop = from + count;
    while (place < stop) {
      if (left == 0) {
        nextRun();
      }
      int some = Math.min(left, stop - place);
      if (packed) {
        unpack(out, place, some);
      } else {
        Arrays.fill(out, place, place + some, repeated);
      }
      place += some;
      left -= some;
    }
  }

  private void nextRun() {
    if (bitWidth == 0) {
      packed = false;
      repeated = 0;
      left = Integer.MAX_VALUE;
      return;
    }
    int header = variableInt();
    packed = (header & 1) == 1;
    int length = header >>> 1;
    if (length == 0) {
      throw new IllegalStateException("an empty run");
    }
    if (packed) {
      left = Math.multiplyExact(length, GROUP);
      bits = 0;
      bitCount = 0;
    } else {
      left = length;
      repeated = 0;
      for (int i = 0; i < (bitWidth + 7) / Byte.SIZE; i++) {
        repeated |= (bytes[at++] & 0xff) << (Byte.SIZE * i);
      }
    }
  }

  /** The last group of a page may be cut short: the bits that are not there are zero. */
  private void unpack(int[] out, int from, int count) {
    long window = bits;
    int have = bitCount;
    int next = at;
    for (int i = from; i < from + count; i++) {
      while (have < bitWidth) {
        window |= next < end ? (bytes[next] & 0xffL) << have : 0;
        next++;
        have += Byte.SIZE;
      }
      out[i] = (int) (window & mask);
      window >>>= bitWidth;
      have -= bitWidth;
    }
    bits = window;
    bitCount = have;
    at = next;
  }

  private int variableInt() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = at < end ? bytes[at++] : 0;
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a run's length has more than five bytes");
  }
}
