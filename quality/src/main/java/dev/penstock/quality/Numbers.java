package dev.penstock.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as sentences write them. */
final class Numbers {
  private static final MathContext SHOWN = new MathContext(6);

  private Numbers() {}

  /** All digits, without a needless fraction: {@code 1000}, {@code 0.05}. */
  static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return plain(BigDecimal.valueOf(value));
  }

  /** Six significant digits. */
  static String shown(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return plain(BigDecimal.valueOf(value).round(SHOWN));
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return Math.abs(stripped.precision() - stripped.scale()) > 15
        ? stripped.toString()
        : stripped.toPlainString();
  }
}
