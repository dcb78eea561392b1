package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/** {@code power(x, y)} or {@code atan2(y, x)} of two float64, by {@link StrictMath}. */
record MathOfTwo(boolean power, Node left, Node right) implements Node {
  @Override
  public Type type() {
    return Scalar.FLOAT64;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column a = left.evaluate(batch);
    Column b = right.evaluate(batch);
    double[] x = Values.doubles(a);
    double[] y = Values.doubles(b);
    double[] result = new double[x.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (power ? StrictMath.pow(x[i], y[i]) : StrictMath.atan2(x[i], y[i])) + 0.0;
    }
    return new DoubleColumn(Scalar.FLOAT64, result, Nulls.of(a, b).flags());
  }
}
