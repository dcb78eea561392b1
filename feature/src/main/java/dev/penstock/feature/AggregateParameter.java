package dev.penstock.feature;

import dev.penstock.data.Span;

/** A number that stands behind the arguments of an aggregate: {@code percentile(delay, 0.9)}. */
public enum AggregateParameter {
  /** Which part of the values: from 0 to 1. */
  SHARE("share", 0, 1),
  /** How many values are given. */
  COUNT("count", 1, 1_000),
  /** How many values a window may hold, more are an error; {@link #USUAL_LIMIT} if absent. */
  LIMIT("limit", 1, 1_000_000),
  /** In which time a weight halves, in microseconds. */
  HALF_LIFE("half-life", 1, 0x1p52),
  /** The grid on which weights change, in microseconds. */
  CELL("cell", 1, 0x1p52);

  /** The value of {@link #LIMIT} when none is written. */
  public static final double USUAL_LIMIT = 10_000;

  private final String written;
  private final double least;
  private final double greatest;

  AggregateParameter(String written, double least, double greatest) {
    this.written = written;
    this.least = least;
    this.greatest = greatest;
  }

  boolean allows(double value) {
    return value >= least && value <= greatest && (this == SHARE || value == Math.rint(value));
  }

  /** Whether it is a length of time, written like a window. */
  public boolean isSpan() {
    return this == HALF_LIFE || this == CELL;
  }

  /** The name as a reader knows it: {@code half-life}. */
  @Override
  public String toString() {
    return written;
  }

  /** A value in canonical text: {@code 0.9}, {@code 3}, {@code 12h}. */
  String text(double value) {
    return this == SHARE
        ? Double.toString(value)
        : isSpan() ? new Span((long) value).toString() : Long.toString((long) value);
  }

  /** What it may be, in words. */
  public String bounds() {
    return isSpan()
        ? "a length of time, such as 12h"
        : this == SHARE ? "a number from 0 to 1" : "a whole number from 1 to " + (long) greatest;
  }
}
