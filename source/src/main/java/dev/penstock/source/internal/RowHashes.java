package dev.penstock.source.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Hashes that end up in stored ids and so never change: 128 bits of an id, 64 bits of a row's
 * content. Multiply-and-fold mixing of 64-bit words, with the finalizer of MurmurHash3. The stored
 * form names them version 1.
 */
public final class RowHashes {
  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xC2B2AE3D27D4EB4FL;
  private static final long NULL = 0x165667B19E3779F9L;

  private RowHashes() {}

  /** The first half of an id's hash. */
  public static long high(String id) {
    return text(id, FIRST);
  }

  /** The second half of an id's hash. */
  public static long low(String id) {
    return text(id, SECOND);
  }

  /** One hash per row over all columns, in order; the columns' values are canonical. */
  public static long[] contents(Batch rows) {
    long[] hashes = new long[rows.rows()];
    Arrays.fill(hashes, SECOND);
    for (Column column : rows.columns()) {
      boolean[] nulls = column.nulls();
      for (int row = 0; row < hashes.length; row++) {
        long value = nulls != null && nulls[row] ? NULL : word(column, row);
        hashes[row] = mix(hashes[row], value);
      }
    }
    return hashes;
  }

  private static long word(Column column, int row) {
    if (column instanceof LongColumn longs) {
      return longs.values()[row];
    } else if (column instanceof IntColumn ints) {
      return ints.values()[row];
    } else if (column instanceof DoubleColumn doubles) {
      return Double.doubleToLongBits(doubles.values()[row]);
    } else if (column instanceof FloatColumn floats) {
      return Float.floatToIntBits(floats.values()[row]);
    } else if (column instanceof BooleanColumn booleans) {
      return booleans.values()[row] ? 1 : 0;
    }
    Object value = ((ObjectColumn) column).values()[row];
    if (value instanceof String text) {
      return text(text, FIRST);
    } else if (value instanceof BigDecimal decimal) {
      return bytes(decimal.unscaledValue().toByteArray());
    } else if (value instanceof byte[] bytes) {
      return bytes(bytes);
    }
    float[] vector = (float[]) value;
    long hash = vector.length;
    for (float element : vector) {
      hash = mix(hash, Float.floatToIntBits(element));
    }
    return hash;
  }

  private static long text(String text, long seed) {
    long hash = seed;
    int length = text.length();
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      hash =
          mix(
              hash,
              text.charAt(at)
                  | (long) text.charAt(at + 1) << 16
                  | (long) text.charAt(at + 2) << 32
                  | (long) text.charAt(at + 3) << 48);
    }
    long tail = 0;
    for (; at < length; at++) {
      tail = tail << 16 | text.charAt(at);
    }
    return finish(mix(hash, tail) ^ length);
  }

  private static long bytes(byte[] bytes) {
    long hash = bytes.length;
    for (byte b : bytes) {
      hash = mix(hash, b);
    }
    return finish(hash);
  }

  private static long mix(long hash, long word) {
    long product = (hash ^ finish(word)) * FIRST;
    return Long.rotateLeft(product, 29) * SECOND + NULL;
  }

  private static long finish(long word) {
    long hash = word;
    hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
    return hash ^ hash >>> 33;
  }
}
