package dev.penstock.feature.internal;

import dev.penstock.feature.AggregateFunction;
import java.util.List;

/** What is kept of rows so that one or more functions can be answered. */
enum FoldKind {
  COUNT,
  WHOLE_SUM,
  REAL_SUM,
  LEAST,
  GREATEST,
  FIRST,
  LAST,
  FIRST_TIME,
  LAST_TIME,
  SHARE,
  SKETCH,
  TWO_SUMS,
  TWO_POWERS,
  FOUR_POWERS,
  PAIR_SUMS,
  TREND;

  static FoldKind of(AggregateFunction function, SlotKind slot) {
    return switch (function) {
      case COUNT -> COUNT;
      case SUM, MEAN -> slot == SlotKind.WHOLE ? WHOLE_SUM : REAL_SUM;
      case MIN -> LEAST;
      case MAX -> GREATEST;
      case FIRST -> FIRST;
      case LAST -> LAST;
      case TIME_SINCE_FIRST -> FIRST_TIME;
      case TIME_SINCE_LAST -> LAST_TIME;
      case SHARE, ANY, ALL -> SHARE;
      case PERCENTILE -> SKETCH;
      case RATIO -> TWO_SUMS;
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> TWO_POWERS;
      case SKEW, KURTOSIS -> FOUR_POWERS;
      case COVAR_POP, COVAR_SAMP, CORR -> PAIR_SUMS;
      case SLOPE -> TREND;
    };
  }

  /** Whether a function looks at the values of its argument, and not only at where it has one. */
  static boolean needsValues(AggregateFunction function) {
    return function != AggregateFunction.COUNT
        && function != AggregateFunction.TIME_SINCE_FIRST
        && function != AggregateFunction.TIME_SINCE_LAST;
  }

  /** Of an aggregate's parameters those that decide what is kept. */
  List<Double> kept(List<Double> parameters) {
    return List.of();
  }
}
