package dev.penstock.format.internal.parquet;

/** Writes numbers as {@link RunDecoder} reads them. */
final class RunEncoder {
  private static final int GROUP = 8;

  private RunEncoder() {}

  /** Appends the first {@code count} values, each of at most {@code bitWidth} bits. */
  static void encode(int[] values, int count, int bitWidth, Bytes out) {
    int packedFrom = 0;
    int at = 0;
    while (at < count) {
      int run = run(values, at, count);
      if (run >= GROUP) {
        pack(values, packedFrom, at, bitWidth, out);
        out.writeVariableInt(run << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
          out.write(values[at] >>> shift);
        }
        at += run;
        packedFrom = at;
      } else {
        at = Math.min(at + GROUP, count);
      }
    }
    pack(values, packedFrom, count, bitWidth, out);
  }

  /** Appends one value so many times. */
  static void encodeAll(int value, int count, int bitWidth, Bytes out) {
    if (count > 0) {
      out.writeVariableInt(count << 1);
      for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
        out.write(value >>> shift);
      }
    }
  }

  private static int run(int[] values, int from, int count) {
    int at = from + 1;
    while (at < count && values[at] == values[from]) {
      at++;
    }
    return at - from;
  }

  /** Groups of eight; the last one of the values is filled up with zeros. */
  private static void pack(int[] values, int from, int to, int bitWidth, Bytes out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + GROUP - 1) / GROUP;
    out.writeVariableInt((groups << 1) | 1);
    int size = groups * bitWidth;
    out.ensure(size);
    byte[] bytes = out.array();
    int place = out.size();
    int end = place + size;
    long window = 0;
    int have = 0;
    for (int i = from; i < to; i++) {
      window |= (long) values[i] << have;
      have += bitWidth;
      while (have >= Byte.SIZE) {
        bytes[place++] = (byte) window;
        window >>>= Byte.SIZE;
        have -= Byte.SIZE;
      }
    }
    while (place < end) {
      bytes[place++] = (byte) window;
      window >>>= Byte.SIZE;
    }
    out.skip(size);
  }
}
