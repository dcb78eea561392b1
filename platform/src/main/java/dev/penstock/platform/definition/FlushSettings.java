package dev.penstock.platform.definition;

import java.time.Duration;

/**
 * When a server moves what is in its log into the lake.
 *
 * @param rows this many rows of one source are enough
 * @param age a row is not left in the log for longer, by the wall clock
 */
public record FlushSettings(long rows, Duration age) {
  public static final FlushSettings DEFAULT = new FlushSettings(500_000, Duration.ofSeconds(60));

  public FlushSettings {
    if (rows < 1 || age.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(rows + " rows, " + age);
    }
  }
}
