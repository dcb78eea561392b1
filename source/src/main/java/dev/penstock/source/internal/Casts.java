package dev.penstock.source.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Casts one value as it came to the type a source declares. Strict: nothing is guessed and nothing
 * but the last digits of a float is lost. Numbers become numbers that can hold them; text is read
 * as any type, in ISO form; a {@code timestamp} without zone is UTC, a {@code local_timestamp} must
 * not have one.
 */
public final class Casts {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private Casts() {}

  /** Whether values of one type can be cast to the other at all. */
  public static boolean possible(Type from, Type to) {
    return from.equals(to)
        || from == Scalar.STRING
        || (from.isNumeric() && to.isNumeric())
        || (from instanceof Type.Vector && to instanceof Type.Vector);
  }

  /** The value in the type's canonical form, or null when it is no value of that type. */
  public static @Nullable Object cast(Object value, Type to) {
    try {
      if (to instanceof Type.Decimal decimal) {
        BigDecimal number = number(value);
        return number == null ? null : decimal.exactly(number);
      } else if (to instanceof Type.Vector vector) {
        float[] elements = vector(value);
        return elements == null || (vector.length() != 0 && elements.length != vector.length())
            ? null
            : elements;
      }
      return switch ((Scalar) to) {
        case BOOLEAN -> bool(value);
        case INT32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case INT64 -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
        case FLOAT32 -> float32(value);
        case FLOAT64 -> float64(value);
        case STRING -> value instanceof String ? value : null;
        case BINARY ->
            value instanceof String text
                ? Base64.getDecoder().decode(text)
                : value instanceof byte[] ? value : null;
        case DATE ->
            value instanceof String text
                ? Math.toIntExact(LocalDate.parse(text.strip()).toEpochDay())
                : value instanceof Integer ? value : null;
        case TIMESTAMP -> value instanceof String text ? instant(text.strip()) : asLong(value);
        case LOCAL_TIMESTAMP -> value instanceof String text ? local(text.strip()) : asLong(value);
      };
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      // Not written as a value of this type; the caller says so with the row's place.
      return null;
    }
  }

  /** One bit pattern for NaN, no negative zero. */
  public static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  /** One bit pattern for NaN, no negative zero. */
  public static float canonical(float value) {
    return Float.isNaN(value) ? Float.NaN : value + 0.0f;
  }

  private static @Nullable Object bool(Object value) {
    if (value instanceof String text) {
      String word = text.strip();
      return word.equalsIgnoreCase("true")
          ? Boolean.TRUE
          : word.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }
    return value instanceof Boolean ? value : null;
  }

  private static @Nullable Object integer(Object value, long least, long most) {
    BigDecimal number = number(value);
    if (number == null) {
      return null;
    }
    long exact = number.longValueExact();
    if (exact < least || exact > most) {
      return null;
    }
    if (least == Integer.MIN_VALUE) {
      return (int) exact;
    }
    return exact;
  }

  private static @Nullable Object float64(Object value) {
    if (value instanceof String text) {
      return canonical(Double.parseDouble(decimalText(text)));
    }
    return value instanceof Number number ? canonical(number.doubleValue()) : null;
  }

  private static @Nullable Object float32(Object value) {
    if (value instanceof String text) {
      return canonical(Float.parseFloat(decimalText(text)));
    }
    return value instanceof Number number ? canonical(number.floatValue()) : null;
  }

  /** Refuses what Java reads as a float and nobody else does: {@code 1d}, {@code 0x1p3}. */
  private static String decimalText(String text) {
    String number = text.strip();
    if ((!number.isEmpty() && "dDfFpP".indexOf(number.charAt(number.length() - 1)) >= 0)
        || number.indexOf('x') >= 0
        || number.indexOf('X') >= 0) {
      throw new NumberFormatException(text);
    }
    return number;
  }

  private static @Nullable BigDecimal number(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal) {
      return decimal;
    } else if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    } else if (value instanceof Double || value instanceof Float) {
      // Through its text: 0.1 is meant, not the nearest binary fraction.
      return new BigDecimal(value.toString());
    } else if (value instanceof String text) {
      return new BigDecimal(text.strip());
    }
    return null;
  }

  private static @Nullable Long asLong(Object value) {
    return value instanceof Long number ? number : null;
  }

  private static Long instant(String text) {
    String iso = text.replace(' ', 'T');
    int time = iso.indexOf('T');
    boolean zoned =
        iso.endsWith("Z")
            || (time >= 0 && (iso.indexOf('+', time) >= 0 || iso.indexOf('-', time) >= 0));
    if (!zoned) {
      return local(iso);
    }
    OffsetDateTime parsed = OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    return micros(parsed.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }

  private static Long local(String text) {
    String iso = text.replace(' ', 'T');
    return iso.indexOf('T') < 0
        ? micros(LocalDate.parse(iso).atStartOfDay())
        : micros(LocalDateTime.parse(iso));
  }

  private static Long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(EPOCH, time.truncatedTo(ChronoUnit.MICROS));
  }

  private static float @Nullable [] vector(Object value) {
    Object from = value;
    if (value instanceof String text) {
      String list = text.strip();
      if (!list.startsWith("[") || !list.endsWith("]")) {
        return null;
      }
      String inside = list.substring(1, list.length() - 1).strip();
      from = inside.isEmpty() ? List.of() : List.of(inside.split(",", -1));
    }
    if (from instanceof float[] floats) {
      float[] elements = new float[floats.length];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = canonical(floats[i]);
      }
      return elements;
    }
    if (!(from instanceof List<?> list)) {
      return null;
    }
    float[] elements = new float[list.size()];
    for (int i = 0; i < elements.length; i++) {
      Object element = list.get(i);
      Object number = element == null ? null : float32(element);
      if (number == null) {
        return null;
      }
      elements[i] = (Float) number;
    }
    return elements;
  }
}
