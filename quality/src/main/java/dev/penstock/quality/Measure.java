package dev.penstock.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a {@link Check} measures of many rows. */
public enum Measure {
  /** The number of rows. Takes no argument; the only measure that an empty scope has. */
  ROW_COUNT,
  /** The rows whose argument is null, by all rows. NaN is not null. */
  NULL_SHARE,
  /** The rows whose argument is true, by the rows whose argument is not null. */
  SHARE,
  /** The mean of the arguments that are not null; any NaN makes it undefined. */
  MEAN,
  /** The smallest argument that is not null; any NaN makes it undefined. */
  MIN,
  /** The largest argument that is not null; any NaN makes it undefined. */
  MAX;

  public static Optional<Measure> named(String name) {
    return Arrays.stream(values()).filter(value -> value.toString().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Measure::toString).toList();
  }

  boolean isShare() {
    return this == NULL_SHARE || this == SHARE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
