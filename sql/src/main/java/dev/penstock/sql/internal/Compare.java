package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of two columns of one type. The order is total, as DuckDB's and PostgreSQL's: NaN
 * equals NaN and lies above every number; strings go by code point, bytes unsigned, false before
 * true. Null where an operand is.
 */
record Compare(Syntax.Operator operator, Node left, Node right) implements Node {
  @Override
  public Type type() {
    return Scalar.BOOLEAN;
  }

  @Override
  public Column evaluate(Batch batch) {
    return compare(operator, left.evaluate(batch), right.evaluate(batch));
  }

  static BooleanColumn compare(Syntax.Operator operator, Column left, Column right) {
    boolean[] result =
        switch (operator) {
          case EQUAL -> equal(left, right, false);
          case NOT_EQUAL -> equal(left, right, true);
          case LESS -> less(left, right, false);
          case GREATER_OR_EQUAL -> less(left, right, true);
          case GREATER -> less(right, left, false);
          case LESS_OR_EQUAL -> less(right, left, true);
          default -> throw new AssertionError(operator);
        };
    return new BooleanColumn(Scalar.BOOLEAN, result, Nulls.of(left, right).flags());
  }

  private static boolean[] equal(Column left, Column right, boolean negated) {
    boolean[] result = new boolean[left.size()];
    if (left instanceof LongColumn) {
      long[] a = Values.longs(left);
      long[] b = Values.longs(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] == b[i]) ^ negated;
      }
    } else if (left instanceof DoubleColumn) {
      double[] a = Values.doubles(left);
      double[] b = Values.doubles(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] == b[i] || (Double.isNaN(a[i]) && Double.isNaN(b[i]))) ^ negated;
      }
    } else if (left instanceof IntColumn) {
      int[] a = Values.ints(left);
      int[] b = Values.ints(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] == b[i]) ^ negated;
      }
    } else if (left instanceof FloatColumn) {
      float[] a = Values.floats(left);
      float[] b = Values.floats(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] == b[i] || (Float.isNaN(a[i]) && Float.isNaN(b[i]))) ^ negated;
      }
    } else if (left instanceof BooleanColumn) {
      boolean[] a = Values.booleans(left);
      boolean[] b = Values.booleans(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] == b[i]) ^ negated;
      }
    } else {
      @Nullable Object[] a = Values.objects(left);
      @Nullable Object[] b = Values.objects(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (order(a[i], b[i]) == 0) ^ negated;
      }
    }
    return result;
  }

  private static boolean[] less(Column left, Column right, boolean negated) {
    boolean[] result = new boolean[left.size()];
    if (left instanceof LongColumn) {
      long[] a = Values.longs(left);
      long[] b = Values.longs(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] < b[i]) ^ negated;
      }
    } else if (left instanceof DoubleColumn) {
      double[] a = Values.doubles(left);
      double[] b = Values.doubles(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] < b[i] || (Double.isNaN(b[i]) && !Double.isNaN(a[i]))) ^ negated;
      }
    } else if (left instanceof IntColumn) {
      int[] a = Values.ints(left);
      int[] b = Values.ints(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] < b[i]) ^ negated;
      }
    } else if (left instanceof FloatColumn) {
      float[] a = Values.floats(left);
      float[] b = Values.floats(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (a[i] < b[i] || (Float.isNaN(b[i]) && !Float.isNaN(a[i]))) ^ negated;
      }
    } else if (left instanceof BooleanColumn) {
      boolean[] a = Values.booleans(left);
      boolean[] b = Values.booleans(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (!a[i] && b[i]) ^ negated;
      }
    } else {
      @Nullable Object[] a = Values.objects(left);
      @Nullable Object[] b = Values.objects(right);
      for (int i = 0; i < result.length; i++) {
        result[i] = (order(a[i], b[i]) < 0) ^ negated;
      }
    }
    return result;
  }

  /** The order of two values of one object type; of no meaning when one is null. */
  static int order(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return 0;
    } else if (a instanceof String text) {
      return order(text, (String) b);
    } else if (a instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) b);
    }
    return Arrays.compareUnsigned((byte[]) a, (byte[]) b);
  }

  /** By code point, which is the order of the UTF-8 bytes and not quite that of UTF-16 units. */
  private static int order(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogateX = Character.isSurrogate(x);
        boolean surrogateY = Character.isSurrogate(y);
        return surrogateX == surrogateY ? x - y : surrogateX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
