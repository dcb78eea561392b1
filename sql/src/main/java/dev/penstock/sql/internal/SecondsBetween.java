package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/**
 * {@code seconds_between(start, end)}: from one time to another of its type, negative backwards.
 */
record SecondsBetween(Node start, Node end) implements Node {
  @Override
  public Type type() {
    return Scalar.FLOAT64;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column starts = start.evaluate(batch);
    Column ends = end.evaluate(batch);
    Nulls nulls = Nulls.of(starts, ends);
    long[] from = Values.longs(starts);
    long[] to = Values.longs(ends);
    double[] result = new double[from.length];
    for (int i = 0; i < result.length; i++) {
      long micros = to[i] - from[i];
      if (((to[i] ^ from[i]) & (to[i] ^ micros)) < 0) {
        nulls.mark(i);
      }
      result[i] = micros / 1e6;
    }
    return new DoubleColumn(Scalar.FLOAT64, result, nulls.flags());
  }
}
