package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/**
 * A function of one float64, by {@link StrictMath}: the same bits on every machine. Outside of its
 * domain the result is NaN.
 */
record MathNode(Function function, Node operand) implements Node {
  enum Function {
    ABS,
    FLOOR,
    CEIL,
    SQRT,
    LN,
    LOG10,
    EXP,
    SIN,
    COS,
    TAN,
    ASIN,
    ACOS,
    ATAN,
    RADIANS,
    DEGREES
  }

  @Override
  public Type type() {
    return Scalar.FLOAT64;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    double[] values = Values.doubles(column);
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = apply(function, values[i]) + 0.0;
    }
    return new DoubleColumn(Scalar.FLOAT64, result, column.nulls());
  }

  private static double apply(Function function, double x) {
    return switch (function) {
      case ABS -> Math.abs(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case SQRT -> Math.sqrt(x);
      case LN -> StrictMath.log(x);
      case LOG10 -> StrictMath.log10(x);
      case EXP -> StrictMath.exp(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case ATAN -> StrictMath.atan(x);
      case RADIANS -> x * (StrictMath.PI / 180);
      case DEGREES -> x * (180 / StrictMath.PI);
    };
  }
}
