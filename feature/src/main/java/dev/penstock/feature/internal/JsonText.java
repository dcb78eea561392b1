package dev.penstock.feature.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The one JSON text of a value, whatever the machine or the Java version: lists and counts are text
 * in this form. Dates and times are ISO 8601 in quotes; NaN and the infinities are in quotes.
 */
final class JsonText {
  private static final int MOST_DIGITS = 17;
  private static final int PLAIN_DIGITS = 21;

  private final StringBuilder text = new StringBuilder();

  JsonText raw(String written) {
    text.append(written);
    return this;
  }

  JsonText value(Type type, Object value) {
    String written = written(type, value);
    if (value instanceof String
        || isMoment(type)
        || written.endsWith("N")
        || written.endsWith("y")) {
      quote(written);
    } else {
      text.append(written);
    }
    return this;
  }

  /** A value as the name of a field. */
  JsonText name(Type type, Object value) {
    quote(written(type, value));
    text.append(':');
    return this;
  }

  private static boolean isMoment(Type type) {
    return type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP;
  }

  private static String written(Type type, Object value) {
    if (value instanceof Double real) {
      return real(type, real);
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (type == Scalar.DATE) {
      return LocalDate.ofEpochDay((long) value).toString();
    } else if (type == Scalar.TIMESTAMP) {
      return Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString();
    } else if (type == Scalar.LOCAL_TIMESTAMP) {
      Instant instant = Instant.EPOCH.plus((long) value, ChronoUnit.MICROS);
      return instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
    }
    return value.toString();
  }

  /** The fewest digits that are read back as the same float, the nearest to it of those. */
  static String real(Type type, double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      boolean same =
          type == Scalar.FLOAT32
              ? shortest.floatValue() == (float) value
              : shortest.doubleValue() == value;
      if (same) {
        break;
      }
    }
    BigDecimal stripped = shortest.stripTrailingZeros();
    return Math.abs(stripped.scale()) < PLAIN_DIGITS
        ? stripped.toPlainString()
        : stripped.toString();
  }

  private void quote(String written) {
    text.append('"');
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
