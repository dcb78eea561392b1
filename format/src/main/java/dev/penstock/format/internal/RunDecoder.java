package dev.penstock.format.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Decodes Parquet's hybrid of runs and bit-packed groups (levels and dictionary indexes) many
 * values at a time. See "RLE/bit-packing hybrid" in Parquet's Encodings.md.
 */
final class RunDecoder {
  private static final int GROUP = 8;

  private final ByteBuffer in;
  private final int bitWidth;
  private final BytePacker packer;

  /** Values left of the present run. */
  private int left;

  /** Whether the present run is bit-packed; otherwise all its values are {@link #repeated}. */
  private boolean packed;

  private int repeated;

  /** Values unpacked but not read yet: {@code [group position, GROUP)}. */
  private final int[] group = new int[GROUP];

  private int groupPosition = GROUP;

  RunDecoder(ByteBuffer in, int bitWidth) {
    this.in = in;
    this.bitWidth = bitWidth;
    this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
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
    int at = from;
    int end = from + count;
    while (at < end) {
      if (left == 0) {
        nextRun();
      }
      int some = Math.min(left, end - at);
      if (packed) {
        unpack(out, at, some);
      } else {
        Arrays.fill(out, at, at + some, repeated);
      }
      at += some;
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
      groupPosition = GROUP;
    } else {
      left = length;
      repeated = 0;
      for (int i = 0; i < (bitWidth + 7) / 8; i++) {
        repeated |= (in.get() & 0xff) << (8 * i);
      }
    }
  }

  private void unpack(int[] out, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end && groupPosition < GROUP) {
      out[at++] = group[groupPosition++];
    }
    while (end - at >= GROUP && in.remaining() >= bitWidth) {
      packer.unpack8Values(in, in.position(), out, at);
      in.position(in.position() + bitWidth);
      at += GROUP;
    }
    if (at < end) {
      unpackGroup();
      while (at < end) {
        out[at++] = group[groupPosition++];
      }
    }
  }

  /** The last group of a page may be cut short: the bits that are not there are zero. */
  private void unpackGroup() {
    if (in.remaining() >= bitWidth) {
      packer.unpack8Values(in, in.position(), group, 0);
      in.position(in.position() + bitWidth);
    } else {
      byte[] rest = new byte[bitWidth];
      in.get(rest, 0, in.remaining());
      packer.unpack8Values(ByteBuffer.wrap(rest), 0, group, 0);
    }
    groupPosition = 0;
  }

  private int variableInt() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a run's length has more than five bytes");
  }
}
