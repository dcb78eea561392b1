package dev.penstock.sql.internal;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import org.jspecify.annotations.Nullable;

/** The conversions between columns of primitives, as loops; {@link ValueCasts} has the others. */
final class PrimitiveCasts {
  private PrimitiveCasts() {}

  static @Nullable Column convert(Column from, Type to) {
    if (to == Scalar.FLOAT64) {
      double[] doubles = doubles(from);
      return doubles == null ? null : new DoubleColumn(to, doubles, from.nulls());
    } else if (to == Scalar.INT64
        && from instanceof IntColumn ints
        && ints.type() == Scalar.INT32) {
      return new LongColumn(to, longs(ints.values()), from.nulls());
    } else if (to == Scalar.INT64 && from instanceof DoubleColumn doubles) {
      return wholeNumbers(doubles);
    } else if (to == Scalar.INT32 && from instanceof LongColumn longs) {
      return narrow(longs);
    } else if (to == Scalar.INT32 && from instanceof DoubleColumn doubles) {
      return narrow(wholeNumbers(doubles));
    } else if (to == Scalar.FLOAT32 && from instanceof DoubleColumn doubles) {
      return singles(doubles);
    } else if (to == Scalar.DATE && from instanceof LongColumn micros) {
      return days(micros);
    } else if (to == Scalar.LOCAL_TIMESTAMP && from instanceof IntColumn days) {
      return midnights(days);
    }
    return null;
  }

  private static double @Nullable [] doubles(Column from) {
    double[] result = new double[from.size()];
    if (from instanceof LongColumn column) {
      long[] values = column.values();
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
    } else if (from instanceof IntColumn column) {
      int[] values = column.values();
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
    } else if (from instanceof FloatColumn column) {
      float[] values = column.values();
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
    } else if (from instanceof BooleanColumn column) {
      boolean[] values = column.values();
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] ? 1 : 0;
      }
    } else {
      return null;
    }
    return result;
  }

  private static long[] longs(int[] values) {
    long[] result = new long[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static LongColumn wholeNumbers(DoubleColumn from) {
    double[] values = from.values();
    long[] result = new long[values.length];
    Nulls nulls = Nulls.of(from);
    for (int i = 0; i < result.length; i++) {
      double whole = Math.rint(values[i]);
      result[i] = (long) whole;
      // Written so that NaN fails too.
      if (!(whole >= -0x1p63 && whole < 0x1p63)) {
        nulls.mark(i);
      }
    }
    return new LongColumn(Scalar.INT64, result, nulls.flags());
  }

  private static IntColumn narrow(LongColumn from) {
    long[] values = from.values();
    int[] result = new int[values.length];
    Nulls nulls = Nulls.of(from);
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) values[i];
      if (result[i] != values[i]) {
        nulls.mark(i);
      }
    }
    return new IntColumn(Scalar.INT32, result, nulls.flags());
  }

  private static FloatColumn singles(DoubleColumn from) {
    double[] values = from.values();
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      // Adding zero turns -0, which small numbers become, into 0.
      result[i] = (float) values[i] + 0.0f;
    }
    return new FloatColumn(Scalar.FLOAT32, result, from.nulls());
  }

  private static IntColumn days(LongColumn from) {
    long[] values = from.values();
    int[] result = new int[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) Math.floorDiv(values[i], Civil.DAY);
    }
    return new IntColumn(Scalar.DATE, result, from.nulls());
  }

  private static LongColumn midnights(IntColumn from) {
    int[] values = from.values();
    long[] result = new long[values.length];
    Nulls nulls = Nulls.of(from);
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] * Civil.DAY;
      if (Math.abs((long) values[i]) > Long.MAX_VALUE / Civil.DAY) {
        nulls.mark(i);
      }
    }
    return new LongColumn(Scalar.LOCAL_TIMESTAMP, result, nulls.flags());
  }
}
