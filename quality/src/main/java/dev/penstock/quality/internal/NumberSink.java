package dev.penstock.quality.internal;

import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import java.math.BigDecimal;

/** Takes the numbers of a column, nulls left out: all by one of its methods, as the type says. */
public interface NumberSink {
  /** An integer, a date (days) or a time (microseconds). */
  void whole(long value);

  /** A float, NaN and infinities included; float32 widened. */
  void real(double value);

  void decimal(BigDecimal value);

  /** Gives every value of the column that is not null to this. */
  default void takeAll(Column column) {
    boolean[] nulls = column.nulls();
    int size = column.size();
    if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = 0; i < size; i++) {
        if (nulls == null || !nulls[i]) {
          whole(values[i]);
        }
      }
    } else if (column instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = 0; i < size; i++) {
        if (nulls == null || !nulls[i]) {
          whole(values[i]);
        }
      }
    } else if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      for (int i = 0; i < size; i++) {
        if (nulls == null || !nulls[i]) {
          real(values[i]);
        }
      }
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      for (int i = 0; i < size; i++) {
        if (nulls == null || !nulls[i]) {
          real(values[i]);
        }
      }
    } else if (column instanceof ObjectColumn objects) {
      for (Object value : objects.values()) {
        if (value != null) {
          decimal((BigDecimal) value);
        }
      }
    } else {
      throw new IllegalArgumentException(column.type() + " is no number");
    }
  }
}
