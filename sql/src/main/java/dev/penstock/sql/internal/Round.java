package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Type;

/**
 * {@code round(x, digits)}: halves away from zero, as DuckDB does it: a float is multiplied by the
 * power of ten, rounded, and divided by it; one too large for that stays as it is. An integer is
 * rounded exactly; overflow is null.
 */
record Round(Node operand, int digits) implements Node {
  static final int MOST_DIGITS = 15;

  @Override
  public Type type() {
    return operand.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    if (column instanceof LongColumn longs) {
      return digits >= 0 ? column : round(longs);
    }
    double[] values = Values.doubles(column);
    double[] result = new double[values.length];
    double power = powerOfTen();
    for (int i = 0; i < result.length; i++) {
      double rounded =
          digits >= 0 ? nearest(values[i] * power) / power : nearest(values[i] / power) * power;
      result[i] = (Double.isFinite(rounded) ? rounded : values[i]) + 0.0;
    }
    return new DoubleColumn(type(), result, column.nulls());
  }

  private LongColumn round(LongColumn column) {
    long[] values = column.values();
    long[] result = new long[values.length];
    Nulls nulls = Nulls.of(column);
    long power = (long) powerOfTen();
    for (int i = 0; i < result.length; i++) {
      long rest = values[i] % power;
      long down = values[i] - rest;
      long step = Math.abs(rest) < power - Math.abs(rest) ? 0 : rest < 0 ? -power : power;
      result[i] = down + step;
      if (((down ^ result[i]) & (step ^ result[i])) < 0) {
        nulls.mark(i);
      }
    }
    return new LongColumn(type(), result, nulls.flags());
  }

  private double powerOfTen() {
    double power = 1;
    for (int i = 0; i < Math.abs(digits); i++) {
      power *= 10;
    }
    return power;
  }

  /** C's round: to the nearest whole number, halves away from zero. */
  private static double nearest(double x) {
    double size = Math.abs(x);
    double whole = Math.floor(size);
    return Math.copySign(size - whole >= 0.5 ? whole + 1 : whole, x);
  }
}
