package dev.penstock.quality;

/** What a broken {@link Check} does. */
public enum Severity {
  /** It is said, and nothing is held back. */
  WARN,
  /** It blocks what depends on it. */
  FAIL
}
