package dev.penstock.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time, written {@code 90s}, {@code 15m}, {@code 3h}, {@code 7d} or {@code 2w}. */
public record Span(long micros) implements Comparable<Span> {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");
  private static final long[] UNIT_MICROS = {
    604_800_000_000L, 86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L
  };
  private static final String[] UNITS = {"w", "d", "h", "m", "s", "ms"};

  public Span {
    if (micros < 0) {
      throw new IllegalArgumentException("a span of " + micros + " microseconds");
    }
  }

  /**
   * Reads {@code 3h}.
   *
   * @throws IllegalArgumentException if it is not so written
   */
  public static Span parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time (write 500ms, 90s, 15m, 3h, 7d or 2w)");
    }
    long number = Long.parseLong(matcher.group(1));
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(matcher.group(2))) {
        return new Span(Math.multiplyExact(number, UNIT_MICROS[i]));
      }
    }
    throw new AssertionError(matcher.group(2));
  }

  public static Span ofHours(long hours) {
    return new Span(Math.multiplyExact(hours, 3_600_000_000L));
  }

  @Override
  public int compareTo(Span other) {
    return Long.compare(micros, other.micros);
  }

  /** The shortest written form: {@code 24h} is written {@code 1d}. */
  @Override
  public String toString() {
    for (int i = 0; i < UNITS.length; i++) {
      if (micros != 0 && micros % UNIT_MICROS[i] == 0 && UNIT_MICROS[i] <= micros) {
        return micros / UNIT_MICROS[i] + UNITS[i];
      }
    }
    return micros == 0 ? "0s" : micros + "us";
  }
}
