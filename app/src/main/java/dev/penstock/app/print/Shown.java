package dev.penstock.app.print;

import dev.penstock.platform.command.Answer.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
final class Shown {
  /** What stands for nothing. */
  static final String NOTHING = "-";

  private static final int EXCERPT = 160;
  private static final double SMALLEST_FIXED = 0.0001;
  private static final double LARGEST_FIXED = 1e15;
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Shown() {}

  static String of(@Nullable Object value, Format format) {
    if (value == null) {
      return NOTHING;
    }
    if (!(value instanceof Number number)) {
      return format == Format.EXCERPT ? excerpt(value.toString()) : value.toString();
    }
    return switch (format) {
      case PLAIN, EXCERPT -> plain(number);
      case NUMERAL -> number.toString();
      case SHARE -> fixed(number.doubleValue() * 100, 2) + " %";
      case BYTES -> bytes(number.doubleValue());
      case MILLIS -> millis(number.doubleValue());
      case TIME -> Times.instant(number.longValue());
    };
  }

  static boolean isRightAligned(@Nullable Object value, Format format) {
    return value instanceof Number && format != Format.TIME;
  }

  private static String excerpt(String text) {
    return text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
  }

  private static String plain(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      double size = Math.abs(value);
      if (!Double.isFinite(value) || size >= LARGEST_FIXED || (size < SMALLEST_FIXED && size > 0)) {
        return number.toString();
      }
      return trimmed(fixed(value, 4));
    }
    return number instanceof BigDecimal
        ? number.toString()
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  private static String bytes(double value) {
    int unit = 0;
    double left = value;
    while (Math.abs(left) >= 1000 && unit < BYTE_UNITS.length - 1) {
      left /= 1000;
      unit++;
    }
    return (unit == 0 ? fixed(left, 0) : fixed(left, 1)) + " " + BYTE_UNITS[unit];
  }

  private static String millis(double value) {
    if (value < 1) {
      return fixed(value, 3) + " ms";
    }
    if (value < 1_000) {
      return fixed(value, value < 10 ? 1 : 0) + " ms";
    }
    return value < 120_000
        ? fixed(value / 1_000, 1) + " s"
        : fixed(Math.floor(value / 60_000), 0) + " min " + fixed(value % 60_000 / 1_000, 0) + " s";
  }

  private static String fixed(double value, int places) {
    return Double.isFinite(value)
        ? String.format(
            Locale.ROOT,
            "%,." + places + "f",
            new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN))
        : Double.toString(value);
  }

  private static String trimmed(String written) {
    int end = written.length();
    while (written.charAt(end - 1) == '0') {
      end--;
    }
    return written.charAt(end - 1) == '.'
        ? written.substring(0, end - 1)
        : written.substring(0, end);
  }
}
