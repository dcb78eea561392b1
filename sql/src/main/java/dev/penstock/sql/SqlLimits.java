package dev.penstock.sql;

import java.time.Duration;

/** What one query may use. */
public record SqlLimits(long memoryBytes, int threads, Duration time) {
  public static final SqlLimits DEFAULT =
      new SqlLimits(1L << 30, Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(10));

  public SqlLimits {
    if (memoryBytes < 1 << 24 || threads < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(memoryBytes + " bytes, " + threads + " threads, " + time);
    }
  }
}
