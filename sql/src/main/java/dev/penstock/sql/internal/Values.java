package dev.penstock.sql.internal;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import org.jspecify.annotations.Nullable;

/** The arrays inside columns, and the one bit pattern of NaN and zero. */
final class Values {
  private static final long NAN = Double.doubleToRawLongBits(Double.NaN);
  private static final int FLOAT_NAN = Float.floatToRawIntBits(Float.NaN);

  private Values() {}

  static boolean[] booleans(Column column) {
    return ((BooleanColumn) column).values();
  }

  static int[] ints(Column column) {
    return ((IntColumn) column).values();
  }

  static long[] longs(Column column) {
    return ((LongColumn) column).values();
  }

  static float[] floats(Column column) {
    return ((FloatColumn) column).values();
  }

  static double[] doubles(Column column) {
    return ((DoubleColumn) column).values();
  }

  static @Nullable Object[] objects(Column column) {
    return ((ObjectColumn) column).values();
  }

  /** The column with one NaN and no negative zero; itself when it already is so. */
  static Column canonical(Column column) {
    if (column instanceof DoubleColumn doubles) {
      return canonical(doubles);
    } else if (column instanceof FloatColumn floats) {
      return canonical(floats);
    }
    return column;
  }

  private static Column canonical(DoubleColumn column) {
    double[] values = column.values();
    boolean odd = false;
    for (double value : values) {
      long bits = Double.doubleToRawLongBits(value);
      odd |= bits == Long.MIN_VALUE || (Double.isNaN(value) && bits != NAN);
    }
    if (!odd) {
      return column;
    }
    double[] canonical = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      canonical[i] = Double.isNaN(values[i]) ? Double.NaN : values[i] + 0.0;
    }
    return new DoubleColumn(column.type(), canonical, column.nulls());
  }

  private static Column canonical(FloatColumn column) {
    float[] values = column.values();
    boolean odd = false;
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      odd |= bits == Integer.MIN_VALUE || (Float.isNaN(value) && bits != FLOAT_NAN);
    }
    if (!odd) {
      return column;
    }
    float[] canonical = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      canonical[i] = Float.isNaN(values[i]) ? Float.NaN : values[i] + 0.0f;
    }
    return new FloatColumn(column.type(), canonical, column.nulls());
  }
}
