package dev.penstock.feedback.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers for people: grouped, with units that stay beside them, and a dash for what is
 * undefined.
 */
final class Numbers {
  static final String UNDEFINED = "–";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Numbers() {}

  static String whole(@Nullable Long value) {
    return value == null ? UNDEFINED : String.format(Locale.ROOT, "%,d", value);
  }

  /** A count with its noun, which is put in the plural. */
  static String count(long value, String noun) {
    return whole(value) + " " + noun + (value == 1 ? "" : "s");
  }

  static String decimal(@Nullable Double value, int digits) {
    return value == null ? UNDEFINED : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  static String signed(@Nullable Double value, int digits) {
    if (value == null || value == 0) {
      return value == null ? UNDEFINED : "0";
    }
    return String.format(Locale.ROOT, "%+." + digits + "f", value).replace('-', '−');
  }

  /** A share as per cent; never rounded to 0 or 100 when it is not. */
  static String percent(@Nullable Double share) {
    if (share == null) {
      return UNDEFINED;
    }
    double percent = 100 * share;
    if (percent == 0 || percent == 100) {
      return String.format(Locale.ROOT, "%.0f\u00a0%%", percent);
    } else if (percent < 0.01) {
      return "under 0.01\u00a0%";
    } else if (percent > 99.99) {
      return "over 99.99\u00a0%";
    }
    int digits = percent < 1 || percent > 99 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + digits + "f\u00a0%%", percent);
  }

  static String seconds(double seconds) {
    if (seconds < 0.0995) {
      return String.format(Locale.ROOT, "%.0f\u00a0ms", seconds * 1_000);
    } else if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f\u00a0s", seconds);
    } else if (seconds < 119.5) {
      return String.format(Locale.ROOT, "%.0f\u00a0s", seconds);
    }
    long whole = Math.round(seconds);
    return whole / 60 + "\u00a0min\u00a0" + whole % 60 + "\u00a0s";
  }

  static String micros(@Nullable Long micros) {
    return micros == null ? UNDEFINED : micros(micros.doubleValue());
  }

  static String micros(double micros) {
    if (micros < 999.5) {
      return String.format(Locale.ROOT, "%.0f\u00a0µs", micros);
    } else if (micros < 9_995) {
      return String.format(Locale.ROOT, "%.1f\u00a0ms", micros / 1_000);
    } else if (micros < 999_500) {
      return String.format(Locale.ROOT, "%.0f\u00a0ms", micros / 1_000);
    }
    return String.format(Locale.ROOT, "%.1f\u00a0s", micros / 1_000_000);
  }

  /** A day, such as {@code 4 Jun}, of a moment in microseconds UTC. */
  static String day(long micros) {
    return DAY.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)));
  }
}
