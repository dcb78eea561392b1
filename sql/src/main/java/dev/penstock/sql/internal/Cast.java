package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;

/**
 * A conversion to another type, written as {@code CAST} or implied. A value that the type cannot
 * hold, or a text that does not name one, gives null. Fractions are rounded to whole numbers,
 * halves of floats to the even one, halves of decimals away from zero.
 */
record Cast(Node operand, Type type) implements Node {
  /** Whether values of one type can be converted to another. */
  static boolean isPossible(Type from, Type to) {
    if (from.equals(to)) {
      return true;
    } else if (to.isNumeric()) {
      return from.isNumeric() || from == Scalar.STRING || from == Scalar.BOOLEAN;
    } else if (to == Scalar.STRING) {
      // The shortest text of a float differs between versions of Java.
      return from != Scalar.FLOAT32
          && from != Scalar.FLOAT64
          && from != Scalar.BINARY
          && !(from instanceof Type.Vector);
    } else if (to == Scalar.BOOLEAN) {
      return from == Scalar.STRING || from == Scalar.INT32 || from == Scalar.INT64;
    } else if (to == Scalar.DATE) {
      return from == Scalar.STRING || from == Scalar.LOCAL_TIMESTAMP || from == Scalar.TIMESTAMP;
    } else if (to == Scalar.LOCAL_TIMESTAMP) {
      return from == Scalar.STRING || from == Scalar.DATE;
    }
    return to == Scalar.TIMESTAMP && from == Scalar.STRING;
  }

  @Override
  public Column evaluate(Batch batch) {
    return convert(operand.evaluate(batch), type);
  }

  static Column convert(Column from, Type type) {
    if (from.type().equals(type)) {
      return from;
    }
    Column primitive = PrimitiveCasts.convert(from, type);
    if (primitive != null) {
      return primitive;
    }
    ColumnBuilder builder = ColumnBuilder.of(type, from.size());
    for (int i = 0; i < from.size(); i++) {
      Object value = from.value(i);
      builder.append(value == null ? null : ValueCasts.convert(value, from.type(), type));
    }
    return builder.build();
  }
}
