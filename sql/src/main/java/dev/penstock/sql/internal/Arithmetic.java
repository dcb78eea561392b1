package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * / %}. Operands are both int64, both float64 or both decimals; the quotient of int64
 * is float64. Integers that overflow or are divided by zero give null, floats follow IEEE 754.
 */
record Arithmetic(Syntax.Operator operator, Node left, Node right, Type type) implements Node {
  @Override
  public Column evaluate(Batch batch) {
    Column a = left.evaluate(batch);
    Column b = right.evaluate(batch);
    if (a instanceof DoubleColumn) {
      double[] result = doubles(operator, Values.doubles(a), Values.doubles(b));
      return new DoubleColumn(type, result, Nulls.of(a, b).flags());
    } else if (type == Scalar.INT64) {
      Nulls nulls = Nulls.of(a, b);
      long[] result = longs(operator, Values.longs(a), Values.longs(b), nulls);
      return new LongColumn(type, result, nulls.flags());
    } else if (type == Scalar.FLOAT64) {
      Nulls nulls = Nulls.of(a, b);
      double[] result = quotient(Values.longs(a), Values.longs(b), nulls);
      return new DoubleColumn(type, result, nulls.flags());
    }
    return decimals((Type.Decimal) type, Values.objects(a), Values.objects(b));
  }

  private static double[] doubles(Syntax.Operator operator, double[] a, double[] b) {
    double[] result = new double[a.length];
    // Adding zero turns -0 into 0 and changes nothing else.
    switch (operator) {
      case PLUS -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] + b[i] + 0.0;
        }
      }
      case MINUS -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] - b[i] + 0.0;
        }
      }
      case TIMES -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] * b[i] + 0.0;
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] / b[i] + 0.0;
        }
      }
      case MODULO -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] % b[i] + 0.0;
        }
      }
      default -> throw new AssertionError(operator);
    }
    return result;
  }

  private static long[] longs(Syntax.Operator operator, long[] a, long[] b, Nulls nulls) {
    long[] result = new long[a.length];
    // A first loop without branches finds whether any row overflowed; the second says which.
    long bad = 0;
    switch (operator) {
      case PLUS -> {
        for (int i = 0; i < result.length; i++) {
          long sum = a[i] + b[i];
          bad |= (a[i] ^ sum) & (b[i] ^ sum);
          result[i] = sum;
        }
        for (int i = 0; bad < 0 && i < result.length; i++) {
          if (((a[i] ^ result[i]) & (b[i] ^ result[i])) < 0) {
            nulls.mark(i);
          }
        }
      }
      case MINUS -> {
        for (int i = 0; i < result.length; i++) {
          long difference = a[i] - b[i];
          bad |= (a[i] ^ b[i]) & (a[i] ^ difference);
          result[i] = difference;
        }
        for (int i = 0; bad < 0 && i < result.length; i++) {
          if (((a[i] ^ b[i]) & (a[i] ^ result[i])) < 0) {
            nulls.mark(i);
          }
        }
      }
      case TIMES -> {
        for (int i = 0; i < result.length; i++) {
          long product = a[i] * b[i];
          bad |= Math.multiplyHigh(a[i], b[i]) ^ (product >> 63);
          result[i] = product;
        }
        for (int i = 0; bad != 0 && i < result.length; i++) {
          if (Math.multiplyHigh(a[i], b[i]) != result[i] >> 63) {
            nulls.mark(i);
          }
        }
      }
      case MODULO -> {
        for (int i = 0; i < result.length; i++) {
          if (b[i] == 0) {
            nulls.mark(i);
          } else {
            result[i] = a[i] % b[i];
          }
        }
      }
      default -> throw new AssertionError(operator);
    }
    return result;
  }

  private static double[] quotient(long[] a, long[] b, Nulls nulls) {
    double[] result = new double[a.length];
    boolean zero = false;
    for (int i = 0; i < result.length; i++) {
      zero |= b[i] == 0;
      result[i] = (double) a[i] / (double) b[i] + 0.0;
    }
    for (int i = 0; zero && i < result.length; i++) {
      if (b[i] == 0) {
        nulls.mark(i);
      }
    }
    return result;
  }

  private ObjectColumn decimals(Type.Decimal decimal, @Nullable Object[] a, @Nullable Object[] b) {
    @Nullable Object[] result = new @Nullable Object[a.length];
    for (int i = 0; i < result.length; i++) {
      if (a[i] instanceof BigDecimal x && b[i] instanceof BigDecimal y) {
        BigDecimal value =
            switch (operator) {
              case PLUS -> x.add(y);
              case MINUS -> x.subtract(y);
              case TIMES -> x.multiply(y);
              default -> throw new AssertionError(operator);
            };
        result[i] = Decimals.fit(value, decimal);
      }
    }
    return new ObjectColumn(type, result);
  }
}
