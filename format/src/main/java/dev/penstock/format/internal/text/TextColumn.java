package dev.penstock.format.internal.text;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collects one column of a text file. A value is parsed first and appended when the whole record
 * has turned out good.
 */
final class TextColumn {
  private static final int CACHE_BITS = 10;
  private static final int MOST_CACHED_BYTES = 64;
  private static final int MOST_SHOWN = 80;

  private final Field field;
  private ColumnBuilder builder;

  private boolean isNull = true;
  private long number;
  private double real;
  private Object object = "";

  /** Strings seen lately: few strings of a column differ, and equal ones are then shared. */
  private final @Nullable String[] cachedStrings;

  private final byte[][] cachedBytes;

  TextColumn(Field field) {
    this.field = field;
    this.builder = ColumnBuilder.of(field.type(), 0);
    int slots = field.type() == Scalar.STRING ? 1 << CACHE_BITS : 0;
    this.cachedStrings = new String[slots];
    this.cachedBytes = new byte[slots][];
  }

  Field field() {
    return field;
  }

  void setNull() {
    isNull = true;
  }

  void set(double value) {
    isNull = false;
    real = value;
  }

  void set(long value) {
    isNull = false;
    number = value;
  }

  void set(Object value) {
    isNull = false;
    object = value;
  }

  /** The string parsed last, or null. */
  @Nullable String string() {
    return isNull ? null : (String) object;
  }

  void append() {
    if (isNull) {
      builder.appendNull();
    } else if (!(field.type() instanceof Scalar scalar)) {
      builder.appendObject(object);
    } else {
      switch (scalar) {
        case BOOLEAN -> builder.appendBoolean(number != 0);
        case INT32, DATE -> builder.appendInt((int) number);
        case INT64, TIMESTAMP, LOCAL_TIMESTAMP -> builder.appendLong(number);
        case FLOAT32 -> builder.appendFloat((float) real);
        case FLOAT64 -> builder.appendDouble(real);
        case STRING, BINARY -> builder.appendObject(object);
      }
    }
  }

  /** What was appended since the last time. */
  Column take() {
    Column column = builder.build();
    builder = ColumnBuilder.of(field.type(), column.size());
    return column;
  }

  /** Takes the text of a value; returns what is wrong with it, or null if it fits. */
  @Nullable String parse(byte[] bytes, int from, int to) {
    if (field.type() == Scalar.STRING) {
      return parseString(bytes, from, to);
    }
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    if (start == end) {
      setNull();
      return null;
    }
    try {
      parsePresent(bytes, start, end);
      return null;
    } catch (DateTimeException e) {
      return wrong(text(bytes, start, end), e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return wrong(text(bytes, start, end), "");
    }
  }

  /** The words for a value that does not fit. */
  String wrong(String value, @Nullable String why) {
    String shown = value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "…" : value;
    return "column '"
        + field.name()
        + "': '"
        + shown
        + "' is no "
        + field.type()
        + (why == null || why.isEmpty() ? "" : " (" + why + ")");
  }

  private void parsePresent(byte[] bytes, int from, int to) {
    Type type = field.type();
    if (type instanceof Type.Decimal decimal) {
      set(decimal(new BigDecimal(text(bytes, from, to)), decimal));
    } else if (type instanceof Type.Vector vector) {
      set(vector(text(bytes, from, to), vector));
    } else {
      switch ((Scalar) type) {
        case BOOLEAN -> set(bool(text(bytes, from, to)) ? 1L : 0L);
        case INT32 -> set((long) Math.toIntExact(integer(bytes, from, to)));
        case INT64 -> set(integer(bytes, from, to));
        case FLOAT32, FLOAT64 -> set(real(text(bytes, from, to)));
        case DATE -> set((long) TextTime.date(bytes, from, to));
        case TIMESTAMP -> set(TextTime.time(bytes, from, to, true));
        case LOCAL_TIMESTAMP -> set(TextTime.time(bytes, from, to, false));
        case BINARY -> set(Base64.getDecoder().decode(text(bytes, from, to)));
        case STRING -> throw new AssertionError("strings are not trimmed");
      }
    }
  }

  private @Nullable String parseString(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MOST_CACHED_BYTES) {
      return keep(text(bytes, from, to), bytes, from, to);
    }
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash * 0x9E3779B9) >>> (Integer.SIZE - CACHE_BITS);
    String cached = cachedStrings[slot];
    byte[] key = cachedBytes[slot];
    if (cached != null && Arrays.equals(key, 0, key.length, bytes, from, to)) {
      set(cached);
      return null;
    }
    String made = text(bytes, from, to);
    String problem = keep(made, bytes, from, to);
    if (problem == null) {
      cachedStrings[slot] = made;
      cachedBytes[slot] = Arrays.copyOfRange(bytes, from, to);
    }
    return problem;
  }

  /** A character that stands for undecodable bytes is only right if it is in the file itself. */
  private @Nullable String keep(String text, byte[] bytes, int from, int to) {
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(
            text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, from, to))) {
      return wrong(text, "it is not UTF-8");
    }
    set(text);
    return null;
  }

  static BigDecimal decimal(BigDecimal value, Type.Decimal type) {
    BigDecimal exact = type.exactly(value);
    if (exact == null) {
      throw new ArithmeticException("too many digits");
    }
    return exact;
  }

  static void checkLength(float[] vector, Type.Vector type) {
    if (type.length() != 0 && vector.length != type.length()) {
      throw new IllegalArgumentException(vector.length + " elements");
    }
  }

  private static float[] vector(String text, Type.Vector type) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new NumberFormatException(text);
    }
    String inner = text.substring(1, text.length() - 1).strip();
    String[] elements = inner.isEmpty() ? new String[0] : inner.split(",", -1);
    float[] vector = new float[elements.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) real(elements[i].strip());
    }
    checkLength(vector, type);
    return vector;
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static long integer(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    if (at == to) {
      throw new NumberFormatException();
    }
    // Counted down, because there is one negative number more.
    long value = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      value = Math.subtractExact(Math.multiplyExact(value, 10L), digit);
    }
    return negative ? value : Math.negateExact(value);
  }

  /** As Java reads it, but without Java's suffixes and hexadecimal forms. */
  private static double real(String text) {
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    if ((last >= '0' && last <= '9') || last == '.') {
      if (text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
        throw new NumberFormatException(text);
      }
      return Double.parseDouble(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "infinity", "+inf", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(text);
    };
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
