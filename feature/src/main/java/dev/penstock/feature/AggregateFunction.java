package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is made of a window's rows. Every function is a pure function of the multiset of rows (of
 * those that go by order, of the rows with their positions), to the bit; null arguments are
 * skipped; NaN and −0 are made canonical on input. {@code docs/semantics.md} has the exact rules.
 */
public enum AggregateFunction {
  /** The number of rows, or of non-null arguments: never null, 0 of nothing. */
  COUNT(1, 0, 1),
  /** The exact sum, of integers in 128 bits, of floats rounded once; out of range is an error. */
  SUM(1),
  /** The rounded sum divided by the number of arguments. */
  MEAN(1),
  /** The least argument; NaN counts as greater than every number. */
  MIN(1),
  /** The greatest argument; NaN counts as greater than every number. */
  MAX(1),
  /** The argument of the last row by (event time, partition, offset) where it is not null. */
  LAST(1),
  /** Among the rows where a condition is not null, the part where it holds, in [0, 1]. */
  SHARE(1),
  /**
   * The least argument such that at least a part q of them is no greater (SQL's {@code
   * percentile_disc}), within a relative error of 1 %: a DDSketch that never collapses. NaN counts
   * as greater than every number.
   */
  PERCENTILE(1, 1, AggregateParameter.SHARE),
  /** The variance of all values, (n Σx² − (Σx)²) / n², rounded once. */
  VAR_POP(1),
  /** The variance of a sample, (n Σx² − (Σx)²) / (n (n − 1)), rounded once; null of one value. */
  VAR_SAMP(1),
  /** The square root of {@link #VAR_POP}. */
  STDDEV_POP(1),
  /** The square root of {@link #VAR_SAMP}. */
  STDDEV_SAMP(1),
  /** How lopsided the values lie: the third central moment by the second to the power 3/2. */
  SKEW(1),
  /** How heavy the tails are: the fourth central moment by the square of the second, less 3. */
  KURTOSIS(1),
  /** The argument of the first row by (event time, partition, offset) where it is not null. */
  FIRST(1),
  /** Whether a condition holds for some row. */
  ANY(1),
  /** Whether a condition holds for every row where it is not null. */
  ALL(1),
  /** Seconds from the first row, or first non-null argument, to the moment asked about. */
  TIME_SINCE_FIRST(1, 0, 1),
  /** Seconds from the last row, or last non-null argument, to the moment asked about. */
  TIME_SINCE_LAST(1, 0, 1),
  /** The sum of one argument by the sum of another, over the rows that have both. */
  RATIO(1, 2),
  /** The covariance of two arguments, (n Σxy − Σx Σy) / n², rounded once. */
  COVAR_POP(1, 2),
  /** The covariance of a sample, (n Σxy − Σx Σy) / (n (n − 1)), rounded once. */
  COVAR_SAMP(1, 2),
  /** The correlation of two arguments (Pearson), from −1 to 1; null where one never changes. */
  CORR(1, 2),
  /** By how much the argument grows in a second: the slope of its least squares line over time. */
  SLOPE(1),
  /** How many distinct arguments there are; more than the limit are an error. */
  DISTINCT_COUNT(1, 1, AggregateParameter.LIMIT),
  /** About how many distinct arguments there are: a HyperLogLog, standard error 1.6 %. */
  APPROX_DISTINCT(1),
  /**
   * The most frequent arguments with how often each occurs, as JSON: {@code [["a",3],["b",1]]}; of
   * equally frequent ones the lesser first. More distinct ones than the limit are an error.
   */
  TOP_K(1, 1, AggregateParameter.COUNT, AggregateParameter.LIMIT),
  /** The argument of the row where the other is least; of several such rows, of the last. */
  MIN_BY(1, 2),
  /** The argument of the row where the other is greatest; of several such rows, of the last. */
  MAX_BY(1, 2),
  /** The arguments of the first rows by (event time, partition, offset), as JSON. */
  FIRST_N(1, 1, AggregateParameter.COUNT),
  /** The arguments of the last rows, in the order of the rows, as JSON. */
  LAST_N(1, 1, AggregateParameter.COUNT),
  /** All arguments in the order of the rows, as JSON; more than the limit are an error. */
  COLLECT_LIST(1, 1, AggregateParameter.LIMIT),
  /** The distinct arguments in their own order, as JSON; more than the limit are an error. */
  COLLECT_SET(1, 1, AggregateParameter.LIMIT),
  /** How often each argument occurs, as JSON: {@code {"a":3,"b":1}}. */
  HISTOGRAM(1, 1, AggregateParameter.LIMIT),
  /** The sum of the arguments, each weighted by 2^(−age / half-life). */
  DECAY_SUM(1, 1, AggregateParameter.HALF_LIFE, AggregateParameter.CELL),
  /** The weighted sum of the arguments by the sum of their weights. */
  DECAY_MEAN(1, 1, AggregateParameter.HALF_LIFE, AggregateParameter.CELL),
  /** The sum of vectors, by element; vectors of two lengths are an error. */
  VECTOR_SUM(1),
  /** The mean of vectors, by element; vectors of two lengths are an error. */
  VECTOR_MEAN(1);

  private final int semanticsVersion;
  private final int leastArguments;
  private final int arguments;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<AggregateParameter> parameters;

  AggregateFunction(int semanticsVersion) {
    this(semanticsVersion, 1, 1);
  }

  AggregateFunction(int semanticsVersion, int arguments, AggregateParameter... parameters) {
    this(semanticsVersion, arguments, arguments, parameters);
  }

  AggregateFunction(
      int semanticsVersion, int leastArguments, int arguments, AggregateParameter... parameters) {
    this.semanticsVersion = semanticsVersion;
    this.leastArguments = leastArguments;
    this.arguments = arguments;
    this.parameters = List.of(parameters);
  }

  /**
   * The function of that written name.
   *
   * @throws PenstockException {@link ErrorCode#AGGREGATE_NOT_FOUND}
   */
  public static AggregateFunction named(String name) {
    for (AggregateFunction function : values()) {
      if (function.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return function;
      }
    }
    throw new PenstockException(
        ErrorCode.AGGREGATE_NOT_FOUND,
        "there is no aggregate '" + name + "'",
        Suggestion.among(name, Arrays.stream(values()).map(AggregateFunction::toString).toList()));
  }

  int leastArguments() {
    return leastArguments;
  }

  /** How many arguments it takes at most. */
  public int arguments() {
    return arguments;
  }

  /** What it takes, in words: {@code an expression and a share}. */
  public String takes() {
    return Signature.takes(this);
  }

  /** How it is written: {@code percentile(delay, 0.9)}. */
  public String example() {
    return Signature.example(this);
  }

  /** The numbers that stand behind the arguments, in their order. */
  public List<AggregateParameter> parameters() {
    return parameters;
  }

  /** Raised whenever a window's value may come out with other bits; part of every fingerprint. */
  public int semanticsVersion() {
    return semanticsVersion;
  }

  /** The name as written: {@code mean}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
