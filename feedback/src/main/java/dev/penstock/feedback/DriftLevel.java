package dev.penstock.feedback;

/** How much a distribution has moved. */
public enum DriftLevel {
  STABLE,
  WARNING,
  FAILED,
  /** There are too few rows to tell. */
  INCONCLUSIVE
}
