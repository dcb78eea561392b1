package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The default of an aggregate: a number, a text or a boolean. */
final class Literal {
  private Literal() {}

  static Object parse(AggregateFunction function, Type type, String written) {
    Object value = parsed(type, written);
    if (value == null) {
      throw refused(function, type, written);
    }
    return value;
  }

  private static @Nullable Object parsed(Type type, String written) {
    try {
      if (type == Scalar.INT32) {
        return Integer.valueOf(written);
      } else if (type == Scalar.INT64) {
        return Long.valueOf(written);
      } else if (type == Scalar.FLOAT32) {
        return Float.valueOf(written) + 0.0f;
      } else if (type == Scalar.FLOAT64) {
        return Double.valueOf(written) + 0.0;
      } else if (type instanceof Type.Decimal decimal) {
        return decimal.exactly(new BigDecimal(written));
      }
    } catch (NumberFormatException e) {
      return null;
    }
    String lower = written.toLowerCase(Locale.ROOT);
    if (type == Scalar.BOOLEAN && (lower.equals("true") || lower.equals("false"))) {
      return lower.equals("true");
    }
    boolean quoted = written.length() > 1 && written.startsWith("'") && written.endsWith("'");
    return type == Scalar.STRING && quoted
        ? written.substring(1, written.length() - 1).replace("''", "'")
        : null;
  }

  static void check(AggregateFunction function, Type type, @Nullable Object value) {
    boolean fits =
        value == null
            || (value instanceof Integer && type == Scalar.INT32)
            || (value instanceof Long && type == Scalar.INT64)
            || (value instanceof Float single && type == Scalar.FLOAT32 && Float.isFinite(single))
            || (value instanceof Double real && type == Scalar.FLOAT64 && Double.isFinite(real))
            || (value instanceof BigDecimal number
                && type instanceof Type.Decimal decimal
                && number.scale() == decimal.scale()
                && decimal.exactly(number) != null)
            || (value instanceof Boolean && type == Scalar.BOOLEAN)
            || (value instanceof String && type == Scalar.STRING);
    if (!fits || (value != null && function == AggregateFunction.COUNT)) {
      throw refused(function, type, String.valueOf(value));
    }
  }

  /** As it is written; a quote within a text twice. */
  static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }

  private static PenstockException refused(AggregateFunction function, Type type, String value) {
    return new PenstockException(
        ErrorCode.DEFINITION_VALUE,
        function + " is " + type + " and cannot have the default " + value,
        function == AggregateFunction.COUNT
            ? "a count of nothing is 0"
            : "defaults are finite numbers, true, false or 'text', of the aggregate's type");
  }
}
