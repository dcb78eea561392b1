package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is made of a window's rows. Every function is a pure function of the multiset of rows (of
 * {@link #LAST}, of the rows with their positions), to the bit; null arguments are skipped; NaN and
 * −0 are made canonical on input. {@code docs/semantics.md} has the exact rules.
 */
public enum AggregateFunction {
  /** The number of rows, or of non-null arguments: never null, 0 of nothing. */
  COUNT(1),
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
  PERCENTILE(1);

  private final int semanticsVersion;

  AggregateFunction(int semanticsVersion) {
    this.semanticsVersion = semanticsVersion;
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
