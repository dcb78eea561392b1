package dev.penstock.format.internal.parquet;

import dev.penstock.data.Column;
import java.util.Arrays;

/** The levels of a page: one for each entry, after the length of them all. */
final class Levels {
  private Levels() {}

  /** Appends the definition levels of a flat, nullable column: 1 for a value, 0 for a null. */
  static void write(Column column, int from, int to, Bytes out) {
    int start = begin(out);
    int[] levels = null;
    for (int i = from; i < to; i++) {
      if (column.isNull(i)) {
        if (levels == null) {
          levels = new int[to - from];
          Arrays.fill(levels, 1);
        }
        levels[i - from] = 0;
      }
    }
    if (levels == null) {
      RunEncoder.encodeAll(1, to - from, 1, out);
    } else {
      RunEncoder.encode(levels, levels.length, 1, out);
    }
    end(start, out);
  }

  static void write(int[] levels, int count, int bitWidth, Bytes out) {
    int start = begin(out);
    RunEncoder.encode(levels, count, bitWidth, out);
    end(start, out);
  }

  private static int begin(Bytes out) {
    out.writeInt(0);
    return out.size();
  }

  private static void end(int start, Bytes out) {
    out.setInt(start - Integer.BYTES, out.size() - start);
  }
}
