package dev.penstock.sql.internal;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Decimals of at most 38 digits: the types of results, and values made to fit a type. */
final class Decimals {
  private static final int MOST_DIGITS = 38;

  private Decimals() {}

  /**
   * The value in the type's scale, rounded half away from zero, or null if it has too many digits.
   */
  static @Nullable BigDecimal fit(BigDecimal value, Type.Decimal type) {
    int wholeDigits = value.precision() - value.scale();
    if (value.signum() != 0 && wholeDigits > MOST_DIGITS) {
      return null;
    } else if (value.signum() == 0 || wholeDigits < -MOST_DIGITS) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
    return scaled.precision() > type.precision() && scaled.signum() != 0 ? null : scaled;
  }

  /** The type that holds an integer type's values, or a decimal type itself. */
  static Type.@Nullable Decimal of(Type type) {
    if (type instanceof Type.Decimal decimal) {
      return decimal;
    } else if (type == Scalar.INT32) {
      return new Type.Decimal(10, 0);
    }
    return type == Scalar.INT64 ? new Type.Decimal(19, 0) : null;
  }

  static Type.@Nullable Decimal of(BigDecimal literal) {
    BigDecimal plain = literal.scale() < 0 ? literal.setScale(0) : literal;
    int precision = Math.max(plain.precision(), plain.scale());
    return precision > MOST_DIGITS ? null : new Type.Decimal(precision, plain.scale());
  }

  /** The type both are comparable in: nothing is lost, unless that would need over 38 digits. */
  static Type.Decimal common(Type.Decimal a, Type.Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return new Type.Decimal(Math.min(MOST_DIGITS, whole + scale), scale);
  }

  static Type.Decimal sum(Type.Decimal a, Type.Decimal b) {
    Type.Decimal common = common(a, b);
    return new Type.Decimal(Math.min(MOST_DIGITS, common.precision() + 1), common.scale());
  }

  /** The product's type, or null when its scale alone is over 38 digits. */
  static Type.@Nullable Decimal product(Type.Decimal a, Type.Decimal b) {
    int scale = a.scale() + b.scale();
    return scale > MOST_DIGITS
        ? null
        : new Type.Decimal(Math.min(MOST_DIGITS, a.precision() + b.precision()), scale);
  }
}
