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
import java.util.Arrays;

/** Columns that hold nothing but nulls. */
public final class NullColumns {
  private NullColumns() {}

  public static Column of(Type type, int rows) {
    if (!(type instanceof Scalar scalar)) {
      return new ObjectColumn(type, new Object[rows]);
    }
    boolean[] nulls = new boolean[rows];
    Arrays.fill(nulls, true);
    return switch (scalar) {
      case BOOLEAN -> new BooleanColumn(type, new boolean[rows], nulls);
      case INT32, DATE -> new IntColumn(type, new int[rows], nulls);
      case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> new LongColumn(type, new long[rows], nulls);
      case FLOAT32 -> new FloatColumn(type, new float[rows], nulls);
      case FLOAT64 -> new DoubleColumn(type, new double[rows], nulls);
      case STRING, BINARY -> new ObjectColumn(type, new Object[rows]);
    };
  }
}
