package dev.penstock.format.internal.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Parquet's hybrid of runs and bit-packed groups (levels and dictionary indexes) many
 * values at a time. See "RLE/bit-packing hybrid" in Parquet's Encodings.md.
 */
final class RunDecoder {
  private static final int GROUP = 8;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

  /** Where the next value of a packed run begins, in bits. */
  private long bit;

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
      bit = (long) at * Byte.SIZE;
      at = Math.addExact(at, Math.multiplyExact(length, bitWidth));
    } else {
      left = length;
      repeated = 0;
      for (int i = 0; i < (bitWidth + 7) / Byte.SIZE; i++) {
        repeated |= (bytes[at++] & 0xff) << (Byte.SIZE * i);
      }
    }
  }

  /** Each value from eight bytes of its own, so that none has to wait for the one before. */
  private void unpack(int[] out, int from, int count) {
    long last = (long) (end - Long.BYTES) * Byte.SIZE + Byte.SIZE - 1;
    int whole = bit > last ? 0 : (int) Math.min(count, (last - bit) / bitWidth + 1);
    long next = bit;
    for (int i = from; i < from + whole; i++) {
      long eight = (long) EIGHT.get(bytes, (int) (next >>> 3));
      out[i] = (int) ((eight >>> (next & 7)) & mask);
      next += bitWidth;
    }
    for (int i = from + whole; i < from + count; i++) {
      out[i] = (int) ((lastBytes((int) (next >>> 3)) >>> (next & 7)) & mask);
      next += bitWidth;
    }
    bit = next;
  }

  /** The last group of a page may be cut short: the bits that are not there are zero. */
  private long lastBytes(int from) {
    long eight = 0;
    for (int i = 0; i < Long.BYTES && from + i < end; i++) {
      eight |= (bytes[from + i] & 0xffL) << (Byte.SIZE * i);
    }
    return eight;
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
