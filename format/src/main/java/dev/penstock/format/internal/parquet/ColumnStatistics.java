package dev.penstock.format.internal.parquet;

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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts nulls and NaN and keeps the least and greatest value of what is written: of a page, of a
 * row group, of a file.
 */
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
  private @Nullable BigDecimal leastDecimal;
  private @Nullable BigDecimal greatestDecimal;
  private byte @Nullable [] leastBytes;
  private byte @Nullable [] greatestBytes;

  ColumnStatistics(Type type) {
    this.type = type;
  }

  long nulls() {
    return nulls;
  }

  long nans() {
    return nans;
  }

  /** Whether there is a value with an order. */
  boolean any() {
    return any;
  }

  boolean allNull() {
    return nulls == rows;
  }

  /** Adds rows; of strings only the nulls, their values are added as {@link #addBytes bytes}. */
  void add(Column column, int from, int to) {
    rows += to - from;
    if (column instanceof LongColumn longs && longs.nulls() == null) {
      addLongs(longs.values(), from, to);
    } else if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = from; i < to; i++) {
        addLong(values[i], longs.isNull(i));
      }
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

  void addBytes(byte[] value) {
    if (leastBytes == null || Arrays.compareUnsigned(value, leastBytes) < 0) {
      leastBytes = value;
    }
    if (greatestBytes == null || Arrays.compareUnsigned(value, greatestBytes) > 0) {
      greatestBytes = value;
    }
    any = true;
  }

  void merge(ColumnStatistics other) {
    rows += other.rows;
    nulls += other.nulls;
    nans += other.nans;
    any |= other.any;
    leastLong = Math.min(leastLong, other.leastLong);
    greatestLong = Math.max(greatestLong, other.greatestLong);
    leastDouble = Math.min(leastDouble, other.leastDouble);
    greatestDouble = Math.max(greatestDouble, other.greatestDouble);
    if (other.leastDecimal != null && other.greatestDecimal != null) {
      addDecimal(other.leastDecimal);
      addDecimal(other.greatestDecimal);
    }
    if (other.leastBytes != null && other.greatestBytes != null) {
      addBytes(other.leastBytes);
      addBytes(other.greatestBytes);
    }
  }

  ColumnSummary summary(long bytes) {
    return new ColumnSummary(bytes, rows, nulls, nans, least(), greatest());
  }

  @Nullable Object least() {
    return any ? value(leastLong, leastDouble, leastDecimal, leastBytes) : null;
  }

  @Nullable Object greatest() {
    return any ? value(greatestLong, greatestDouble, greatestDecimal, greatestBytes) : null;
  }

  private @Nullable Object value(
      long ofLong, double ofDouble, @Nullable BigDecimal ofDecimal, byte @Nullable [] ofBytes) {
    if (!(type instanceof Scalar scalar)) {
      return ofDecimal;
    }
    return switch (scalar) {
      case BOOLEAN -> ofLong == 1;
      case INT32, DATE -> (int) ofLong;
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> ofLong;
      case FLOAT32 -> (float) ofDouble;
      case FLOAT64 -> ofDouble;
      case STRING -> ofBytes == null ? null : new String(ofBytes, StandardCharsets.UTF_8);
      case BINARY -> null;
    };
  }

  private void addLongs(long[] values, int from, int to) {
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
    for (int i = from; i < to; i++) {
      if (values[i] == null) {
        nulls++;
      } else if (values[i] instanceof BigDecimal decimal) {
        addDecimal(decimal);
      }
    }
  }

  private void addDecimal(BigDecimal value) {
    if (leastDecimal == null || value.compareTo(leastDecimal) < 0) {
      leastDecimal = value;
    }
    if (greatestDecimal == null || value.compareTo(greatestDecimal) > 0) {
      greatestDecimal = value;
    }
    any = true;
  }
}
