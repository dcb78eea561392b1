package dev.penstock.feature.internal;

import dev.penstock.feature.AggregateFunction;
import java.util.List;

/** What is kept of rows so that one or more functions can be answered. */
enum FoldKind {
  COUNT,
  WHOLE_SUM,
  REAL_SUM,
  DECIMAL_SUM,
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
  TREND,
  COUNTS,
  REGISTERS,
  LEAST_BY,
  GREATEST_BY,
  FIRST_ROWS,
  LAST_ROWS,
  ALL_ROWS,
  DECAY,
  VECTOR_SUMS;

  static FoldKind of(AggregateFunction function, SlotKind slot) {
    return switch (function) {
      case COUNT -> COUNT;
      case SUM, MEAN ->
          slot == SlotKind.WHOLE ? WHOLE_SUM : slot == SlotKind.OBJECT ? DECIMAL_SUM : REAL_SUM;
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
      case DISTINCT_COUNT, TOP_K, HISTOGRAM, COLLECT_SET -> COUNTS;
      case APPROX_DISTINCT -> REGISTERS;
      case MIN_BY -> LEAST_BY;
      case MAX_BY -> GREATEST_BY;
      case FIRST_N -> FIRST_ROWS;
      case LAST_N -> LAST_ROWS;
      case COLLECT_LIST -> ALL_ROWS;
      case DECAY_SUM, DECAY_MEAN -> DECAY;
      case VECTOR_SUM, VECTOR_MEAN -> VECTOR_SUMS;
    };
  }

  /** Whether a function looks at the values of its argument, and not only at where it has one. */
  static boolean needsValues(AggregateFunction function) {
    return function != AggregateFunction.COUNT
        && function != AggregateFunction.TIME_SINCE_FIRST
        && function != AggregateFunction.TIME_SINCE_LAST;
  }

  /** Whether a function takes a decimal as the nearest float64. */
  static boolean takesFloats(AggregateFunction function) {
    return switch (function) {
      case PERCENTILE,
          RATIO,
          VAR_POP,
          VAR_SAMP,
          STDDEV_POP,
          STDDEV_SAMP,
          SKEW,
          KURTOSIS,
          COVAR_POP,
          COVAR_SAMP,
          CORR,
          SLOPE,
          DECAY_SUM,
          DECAY_MEAN ->
          true;
      case COUNT,
          SUM,
          MEAN,
          MIN,
          MAX,
          FIRST,
          LAST,
          TIME_SINCE_FIRST,
          TIME_SINCE_LAST,
          SHARE,
          ANY,
          ALL,
          DISTINCT_COUNT,
          APPROX_DISTINCT,
          TOP_K,
          HISTOGRAM,
          COLLECT_SET,
          COLLECT_LIST,
          FIRST_N,
          LAST_N,
          MIN_BY,
          MAX_BY,
          VECTOR_SUM,
          VECTOR_MEAN ->
          false;
    };
  }

  /** Of an aggregate's parameters those that decide what is kept: at most the last. */
  List<Double> kept(List<Double> parameters) {
    return switch (this) {
      case COUNTS, FIRST_ROWS, LAST_ROWS, ALL_ROWS, DECAY ->
          List.of(parameters.get(parameters.size() - 1));
      case COUNT,
          WHOLE_SUM,
          REAL_SUM,
          DECIMAL_SUM,
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
          TREND,
          REGISTERS,
          LEAST_BY,
          GREATEST_BY,
          VECTOR_SUMS ->
          List.of();
    };
  }
}
