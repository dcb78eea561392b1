package dev.penstock.feature.internal;

import dev.penstock.feature.AggregateFunction;

/** What is kept of rows so that one or more functions can be answered. */
enum FoldKind {
  COUNT,
  WHOLE_SUM,
  REAL_SUM,
  LEAST,
  GREATEST,
  LAST,
  SHARE,
  SKETCH;

  static FoldKind of(AggregateFunction function, SlotKind slot) {
    return switch (function) {
      case COUNT -> COUNT;
      case SUM, MEAN -> slot == SlotKind.WHOLE ? WHOLE_SUM : REAL_SUM;
      case MIN -> LEAST;
      case MAX -> GREATEST;
      case LAST -> LAST;
      case SHARE -> SHARE;
      case PERCENTILE -> SKETCH;
    };
  }
}
