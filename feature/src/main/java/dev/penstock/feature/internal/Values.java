package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Values of a slot as objects that are equal when the values are: Boolean, Long, Double, String,
 * BigDecimal, and ByteBuffer for bytes.
 */
final class Values {
  private Values() {}

  static Object of(SlotColumn column, int row) {
    return switch (column.kind) {
      case EVERY, MARK -> throw new IllegalStateException("no values are held");
      case FLAG -> column.flags[row];
      case WHOLE -> column.wholes[row];
      case REAL -> column.reals[row];
      case OBJECT -> {
        Object value = requireNonNull(column.objects[row]);
        yield value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
      }
    };
  }

  /** Puts a value into a column again. */
  static void put(Object value, SlotColumn column, int row) {
    switch (column.kind) {
      case EVERY, MARK -> {}
      case FLAG -> column.flags[row] = (boolean) value;
      case WHOLE -> column.wholes[row] = (long) value;
      case REAL -> column.reals[row] = (double) value;
      case OBJECT ->
          column.objects[row] = value instanceof ByteBuffer bytes ? copied(bytes) : value;
    }
  }

  private static byte[] copied(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  /**
   * The order of the values of one slot: false first, numbers by size with NaN last, times by time,
   * text by code points.
   */
  static int compare(Object a, Object b) {
    if (a instanceof Boolean flag) {
      return Boolean.compare(flag, (boolean) b);
    } else if (a instanceof Long whole) {
      return Long.compare(whole, (long) b);
    } else if (a instanceof Double real) {
      return Double.compare(real, (double) b);
    } else if (a instanceof BigDecimal decimal) {
      return decimal.compareTo((BigDecimal) b);
    }
    return Arrays.compareUnsigned(
        ((String) a).getBytes(StandardCharsets.UTF_8),
        ((String) b).getBytes(StandardCharsets.UTF_8));
  }
}
