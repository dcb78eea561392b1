package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Type;

/**
 * {@code plus_minutes(time, number)} and its like: a time moved by a number of units. A fraction is
 * rounded to the nearest microsecond, halves to the even one. Out of range, or a number that is NaN
 * or infinite, gives null.
 */
record ShiftTime(Node time, Node number, long unitMicros) implements Node {
  /** 2⁶³: the first double above every long. */
  private static final double TOO_FAR = 0x1p63;

  @Override
  public Type type() {
    return time.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    Column times = time.evaluate(batch);
    Column numbers = number.evaluate(batch);
    Nulls nulls = Nulls.of(times, numbers);
    long[] from = Values.longs(times);
    long[] result = new long[from.length];
    if (numbers instanceof DoubleColumn doubles) {
      double[] units = doubles.values();
      for (int i = 0; i < result.length; i++) {
        double micros = Math.rint(units[i] * unitMicros);
        // Written so that NaN fails too.
        boolean fits = micros >= -TOO_FAR && micros < TOO_FAR;
        result[i] = fits ? add(from[i], (long) micros, i, nulls) : mark(i, nulls);
      }
    } else {
      long[] units = Values.longs(numbers);
      for (int i = 0; i < result.length; i++) {
        long micros = units[i] * unitMicros;
        boolean fits = Math.multiplyHigh(units[i], unitMicros) == micros >> 63;
        result[i] = fits ? add(from[i], micros, i, nulls) : mark(i, nulls);
      }
    }
    return new LongColumn(type(), result, nulls.flags());
  }

  private static long add(long from, long micros, int row, Nulls nulls) {
    long sum = from + micros;
    return ((from ^ sum) & (micros ^ sum)) < 0 ? mark(row, nulls) : sum;
  }

  private static long mark(int row, Nulls nulls) {
    nulls.mark(row);
    return 0;
  }
}
