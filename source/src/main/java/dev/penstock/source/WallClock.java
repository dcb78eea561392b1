package dev.penstock.source;

/** Where the time comes from: microseconds since 1970-01-01T00:00Z. It may step back. */
@FunctionalInterface
public interface WallClock {
  long micros();
}
