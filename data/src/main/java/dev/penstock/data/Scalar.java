package dev.penstock.data;

import java.util.Locale;

/** The types without parameters. */
public enum Scalar implements Type {
  BOOLEAN,
  INT32,
  INT64,
  FLOAT32,
  FLOAT64,
  STRING,
  BINARY,
  /** Days since 1970-01-01. */
  DATE,
  /** An instant: microseconds since 1970-01-01T00:00Z. */
  TIMESTAMP,
  /** What a clock on a wall showed, without zone: microseconds since 1970-01-01T00:00 there. */
  LOCAL_TIMESTAMP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
