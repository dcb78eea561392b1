package dev.penstock.format.internal;

import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.format.ColumnSummary;
import org.jspecify.annotations.Nullable;

/** Counts nulls and NaN and keeps the least and greatest value of what is written. */
final class ColumnStatistics {
  private final Type type;
  private long rows;
  private long nulls;
  private long nans;
  private boolean any;
  private long leastLong = Long.MAX_VALUE;
  private long greatestLong = Long.MIN_VALUE;
  private double leastDouble = Double.POSITIVE_INFINITY;
  private double greatestDouble = Double.NEGATIVE_INFINITY;
  private @Nullable Object leastObject;
  private @Nullable Object greatestObject;

  ColumnStatistics(Type type) {
    this.type = type;
  }

  void add(Column column, int from, int to) {
    rows += to - from;
    if (column instanceof LongColumn longs) {
      addLongs(longs.values(), longs.nulls(), from, to);
    } else if (column instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = from; i < to; i++) {
        addLong(values[i], ints.isNull(i));
      }
    } else if (column instanceof BooleanColumn booleans) {
      boolean[] values = booleans.values();
      for (int i = from; i < to; i++) {
        addLong(values[i] ? 1 : 0, booleans.isNull(i));
      }
    } else if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      for (int i = from; i < to; i++) {
        addDouble(values[i], doubles.isNull(i));
      }
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      for (int i = from; i < to; i++) {
        addDouble(values[i], floats.isNull(i));
      }
    } else {
      addObjects(((ObjectColumn) column).values(), from, to);
    }
  }

  ColumnSummary summary(long bytes) {
    return new ColumnSummary(
        bytes, rows, nulls, nans, any ? value(true) : null, any ? value(false) : null);
  }

  private @Nullable Object value(boolean least) {
    if (!(type instanceof Scalar scalar)) {
      return least ? leastObject : greatestObject;
    }
    long ofLong = least ? leastLong : greatestLong;
    double ofDouble = least ? leastDouble : greatestDouble;
    return switch (scalar) {
      case BOOLEAN -> ofLong == 1;
      case INT32, DATE -> (int) ofLong;
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> ofLong;
      case FLOAT32 -> (float) ofDouble;
      case FLOAT64 -> ofDouble;
      case STRING, BINARY -> least ? leastObject : greatestObject;
    };
  }

  private void addLongs(long[] values, boolean @Nullable [] flags, int from, int to) {
    if (flags != null) {
      for (int i = from; i < to; i++) {
        addLong(values[i], flags[i]);
      }
      return;
    }
    long least = leastLong;
    long greatest = greatestLong;
    for (int i = from; i < to; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    leastLong = least;
    greatestLong = greatest;
    any |= to > from;
  }

  private void addLong(long value, boolean isNull) {
    if (isNull) {
      nulls++;
    } else {
      leastLong = Math.min(leastLong, value);
      greatestLong = Math.max(greatestLong, value);
      any = true;
    }
  }

  private void addDouble(double value, boolean isNull) {
    if (isNull) {
      nulls++;
    } else if (Double.isNaN(value)) {
      nans++;
    } else {
      leastDouble = Math.min(leastDouble, value);
      greatestDouble = Math.max(greatestDouble, value);
      any = true;
    }
  }

  private void addObjects(@Nullable Object[] values, int from, int to) {
    boolean ordered = type == Scalar.STRING || type instanceof Type.Decimal;
    for (int i = from; i < to; i++) {
      Object value = values[i];
      if (value == null) {
        nulls++;
      } else if (ordered) {
        if (leastObject == null || Ordering.compare(value, leastObject) < 0) {
          leastObject = value;
        }
        if (greatestObject == null || Ordering.compare(value, greatestObject) > 0) {
          greatestObject = value;
        }
        any = true;
      }
    }
  }
}
