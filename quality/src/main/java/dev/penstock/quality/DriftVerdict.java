package dev.penstock.quality;

/** How much a distribution has moved. */
public enum DriftVerdict {
  STABLE,
  WARNING,
  FAILED,
  /** There are too few rows to tell. This is not "stable". */
  INCONCLUSIVE
}
