package dev.penstock.testkit;

import java.util.stream.LongStream;

/**
 * The seeds of a random test. {@code -Dpenstock.seed=N} runs that one alone; {@code -Pfull} runs
 * more of them. A failing test names its seed, so that it can be run again.
 */
public final class Seeds {
  private Seeds() {}

  /** {@code 0 .. usual-1}, or {@code 0 .. full-1} under the profile {@code full}. */
  public static LongStream of(int usual, int full) {
    String only = System.getProperty("penstock.seed");
    if (only != null) {
      return LongStream.of(Long.parseLong(only));
    }
    return LongStream.range(0, Boolean.getBoolean("penstock.test.full") ? full : usual);
  }
}
