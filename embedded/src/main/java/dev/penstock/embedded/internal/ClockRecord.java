package dev.penstock.embedded.internal;

import dev.penstock.data.PenstockException;

/**
 * What is remembered of time.
 *
 * @param lastSeen the last seen time of a commit
 * @param lastQ the last moment known to have been given
 * @param lease no moment at or after it was given
 */
record ClockRecord(long lastSeen, long lastQ, long lease) {
  static final ClockRecord START = new ClockRecord(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

  String text() {
    return lastSeen + " " + lastQ + " " + lease;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws PenstockException {@code STATE_CORRUPT}
   */
  static ClockRecord parse(String text) {
    String[] parts = text.split(" ", -1);
    return new ClockRecord(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
