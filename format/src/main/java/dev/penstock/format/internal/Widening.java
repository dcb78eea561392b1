package dev.penstock.format.internal;

import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values of one type as values of another that holds all of them. */
public final class Widening {
  /** Integers beyond this are not all doubles. */
  private static final long MOST_EXACT = 1L << 53;

  private Widening() {}

  /** Whether {@link #widen} knows how; single values may still not fit. */
  public static boolean possible(Type from, Type to) {
    if (from.equals(to)) {
      return true;
    }
    if (from instanceof Type.Decimal narrow && to instanceof Type.Decimal wide) {
      return wide.scale() >= narrow.scale()
          && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
    }
    if (from instanceof Type.Vector read && to instanceof Type.Vector wanted) {
      return read.length() == 0 || wanted.length() == 0;
    }
    if (from == Scalar.INT32) {
      return to == Scalar.INT64 || to == Scalar.FLOAT64 || isDecimalOf(to, 10);
    }
    if (from == Scalar.INT64) {
      return to == Scalar.FLOAT64 || isDecimalOf(to, 19);
    }
    return from == Scalar.FLOAT32 && to == Scalar.FLOAT64;
  }

  /**
   * The column as one of type {@code to}. The lengths of vectors are the reader's to judge.
   *
   * @throws PenstockException {@code SCHEMA_INCOMPATIBLE} if a value does not fit
   */
  public static Column widen(String name, Column column, Type to) {
    if (column.type().equals(to)) {
      return column;
    }
    if (column instanceof IntColumn ints && to == Scalar.INT64) {
      return new LongColumn(to, toLongs(ints.values()), ints.nulls());
    } else if (column instanceof IntColumn ints && to == Scalar.FLOAT64) {
      return new DoubleColumn(to, toDoubles(name, ints, toLongs(ints.values())), ints.nulls());
    } else if (column instanceof LongColumn longs && to == Scalar.FLOAT64) {
      return new DoubleColumn(to, toDoubles(name, longs, longs.values()), longs.nulls());
    } else if (column instanceof FloatColumn floats && to == Scalar.FLOAT64) {
      return new DoubleColumn(to, toDoubles(floats.values()), floats.nulls());
    } else if (to instanceof Type.Decimal decimal) {
      return toDecimals(column, decimal);
    } else if (to instanceof Type.Vector && column instanceof ObjectColumn objects) {
      return new ObjectColumn(to, objects.values());
    }
    throw new IllegalArgumentException("cannot widen " + column.type() + " to " + to);
  }

  private static boolean isDecimalOf(Type to, int digits) {
    return to instanceof Type.Decimal decimal && decimal.precision() - decimal.scale() >= digits;
  }

  private static long[] toLongs(int[] values) {
    long[] out = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  private static double[] toDoubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  private static double[] toDoubles(String name, Column column, long[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if ((values[i] > MOST_EXACT || values[i] < -MOST_EXACT) && !column.isNull(i)) {
        throw new PenstockException(
            ErrorCode.SCHEMA_INCOMPATIBLE,
            "column '" + name + "' holds " + values[i] + ", which no float64 equals",
            "declare it int64");
      }
      out[i] = values[i];
    }
    return out;
  }

  private static Column toDecimals(Column column, Type.Decimal type) {
    @Nullable Object[] out = new Object[column.size()];
    for (int i = 0; i < out.length; i++) {
      Object value = column.value(i);
      if (value != null) {
        BigDecimal exact =
            value instanceof BigDecimal decimal
                ? decimal
                : BigDecimal.valueOf(((Number) value).longValue());
        out[i] = exact.setScale(type.scale());
      }
    }
    return new ObjectColumn(type, out);
  }
}
