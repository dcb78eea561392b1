package dev.penstock.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column. {@code toString} gives its written form, which {@link #parse} reads back:
 * {@code int64}, {@code decimal(10,2)}, {@code vector(384)}.
 */
public sealed interface Type permits Scalar, Type.Decimal, Type.Vector {
  /** An exact decimal of at most 38 digits, {@code scale} of them after the point. */
  record Decimal(int precision, int scale) implements Type {
    public static final int MOST_DIGITS = 38;

    public Decimal {
      if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
      }
    }

    /** The number as a value of this type, or null where digits would be lost. */
    public @Nullable BigDecimal exactly(BigDecimal number) {
      if (number.signum() == 0) {
        return BigDecimal.ZERO.setScale(scale);
      }
      // Judged first by its size: a huge one would take all memory to write out.
      long digitsBeforePoint = (long) number.precision() - number.scale();
      if (digitsBeforePoint > precision - scale || digitsBeforePoint <= -scale) {
        return null;
      }
      BigDecimal scaled = number.setScale(scale, RoundingMode.DOWN);
      return scaled.compareTo(number) == 0 ? scaled : null;
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /**
   * A list of float32, such as an embedding. A {@code length} of 0 allows any number of elements.
   */
  record Vector(int length) implements Type {
    public Vector {
      if (length < 0) {
        throw new IllegalArgumentException("vector(" + length + ")");
      }
    }

    @Override
    public String toString() {
      return length == 0 ? "vector" : "vector(" + length + ")";
    }
  }

  Pattern WITH_PARAMETERS = Pattern.compile("(decimal|vector)\\((\\d{1,6})(?:,(\\d{1,2}))?\\)");

  /**
   * Reads a type's written form.
   *
   * @throws IllegalArgumentException if no type is written so
   */
  static Type parse(String text) {
    String written = text.replace(" ", "").toLowerCase(Locale.ROOT);
    for (Scalar scalar : Scalar.values()) {
      if (scalar.toString().equals(written)) {
        return scalar;
      }
    }
    if (written.equals("vector")) {
      return new Vector(0);
    }
    Matcher matcher = WITH_PARAMETERS.matcher(written);
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(2));
      String second = matcher.group(3);
      if (matcher.group(1).equals("vector") && second == null) {
        return new Vector(first);
      }
      if (matcher.group(1).equals("decimal")) {
        return new Decimal(first, second == null ? 0 : Integer.parseInt(second));
      }
    }
    throw new IllegalArgumentException("no type is written '" + text + "'");
  }

  /** Whether values of this type are numbers that can be added: integers, floats, decimals. */
  default boolean isNumeric() {
    return this == Scalar.INT32
        || this == Scalar.INT64
        || this == Scalar.FLOAT32
        || this == Scalar.FLOAT64
        || this instanceof Decimal;
  }
}
