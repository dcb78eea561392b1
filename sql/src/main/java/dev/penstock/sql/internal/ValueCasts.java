package dev.penstock.sql.internal;

import dev.penstock.data.Column;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conversions of single values: those that involve text or decimals, and constants. */
final class ValueCasts {
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,40}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,4})?");

  private ValueCasts() {}

  /** One value, boxed as {@link Column#value} gives it; null when the type cannot hold it. */
  static @Nullable Object convert(Object value, Type from, Type to) {
    if (from.equals(to)) {
      return value;
    } else if (to instanceof Scalar scalar) {
      return switch (scalar) {
        case STRING -> text(value, from);
        case BOOLEAN ->
            value instanceof String text ? truth(text) : Boolean.valueOf(number(value) != 0);
        case FLOAT64 ->
            value instanceof String text ? doubleOf(text) : Double.valueOf(number(value));
        case FLOAT32 -> value instanceof String text ? floatOf(text) : Float.valueOf(single(value));
        case INT64 -> whole(exact(value, WHOLE));
        case INT32 -> {
          Long whole = whole(exact(value, WHOLE));
          yield whole == null || whole.intValue() != whole ? null : (Object) whole.intValue();
        }
        case DATE, TIMESTAMP, LOCAL_TIMESTAMP ->
            value instanceof String text ? TimeText.parse(text, to) : null;
        case BINARY -> null;
      };
    }
    BigDecimal exact = exact(value, NUMBER);
    return exact != null && to instanceof Type.Decimal decimal
        ? Decimals.fit(exact, decimal)
        : null;
  }

  private static @Nullable Long whole(@Nullable BigDecimal exact) {
    if (exact == null) {
      return null;
    }
    BigDecimal whole = exact.setScale(0, RoundingMode.HALF_UP);
    return whole.compareTo(LEAST_LONG) >= 0 && whole.compareTo(MOST_LONG) <= 0
        ? whole.longValue()
        : null;
  }

  /** The number in full; of a float that becomes a whole number, the whole number it rounds to. */
  private static @Nullable BigDecimal exact(Object value, Pattern written) {
    if (value instanceof String text) {
      String stripped = text.strip();
      return written.matcher(stripped).matches() ? new BigDecimal(stripped) : null;
    } else if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof BigDecimal decimal) {
      return decimal;
    } else if (value instanceof Long || value instanceof Integer) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    double number = ((Number) value).doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return null;
    }
    return new BigDecimal(written == WHOLE ? Math.rint(number) : number);
  }

  private static double number(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
  }

  /** Directly: by way of a double it would be rounded twice. */
  private static float single(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).floatValue();
  }

  private static @Nullable Double doubleOf(String text) {
    String stripped = text.strip();
    return NUMBER.matcher(stripped).matches()
        ? Double.valueOf(Double.parseDouble(stripped) + 0.0)
        : named(stripped);
  }

  private static @Nullable Float floatOf(String text) {
    String stripped = text.strip();
    if (NUMBER.matcher(stripped).matches()) {
      return Float.parseFloat(stripped) + 0.0f;
    }
    Double named = named(stripped);
    return named == null ? null : (Float) named.floatValue();
  }

  private static @Nullable Double named(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "infinity", "+inf", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private static @Nullable Boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable String text(Object value, Type from) {
    if (from == Scalar.DATE) {
      return TimeText.ofDay(((Number) value).longValue());
    } else if (from == Scalar.LOCAL_TIMESTAMP) {
      return TimeText.ofMicros(((Number) value).longValue());
    } else if (from == Scalar.TIMESTAMP) {
      String text = TimeText.ofMicros(((Number) value).longValue());
      return text == null ? null : text + "+00";
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
